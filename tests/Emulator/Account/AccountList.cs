using System;
using System.Text.Json;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The accounts a key can see: always one here. Only <c>name</c> is known, from the service's SDK; the rest is a guess.</summary>
internal static class AccountList
{
    public static void Write(Utf8JsonWriter writer, MadeUpAccount account, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("accounts");
        writer.WriteStartObject();
        writer.WriteString("createTime", Timestamp.Format(Timestamp.From(now.AddYears(-1))));
        writer.WriteString("displayName", "");
        writer.WriteString("email", "owner@example.com");
        writer.WriteString("name", account.Name);
        writer.WriteString("state", "READY");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteString("nextPageToken", "");
        writer.WriteNumber("totalSize", 1);
        writer.WriteEndObject();
    }
}
