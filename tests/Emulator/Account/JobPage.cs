using System;
using System.Text.Json;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>One page of a list, <c>{dpoJobs[], nextPageToken, totalSize}</c>; the last has an empty token.</summary>
internal static class JobPage
{
    public static void Write(
        Utf8JsonWriter writer,
        MadeUpAccount account,
        int[] selected,
        int offset,
        ListRequest request,
        FieldMask mask
    )
    {
        var end = (int)Math.Min((long)offset + request.PageSize, selected.Length);
        writer.WriteStartObject();
        writer.WriteStartArray("dpoJobs");
        for (var i = offset; i < end; i++)
        {
            JobWriter.Write(writer, account[selected[i]], JobFields.InList, mask);
        }

        writer.WriteEndArray();
        writer.WriteString("nextPageToken", end < selected.Length ? PageToken.Create(request, end) : "");
        writer.WriteNumber("totalSize", selected.Length);
        writer.WriteEndObject();
    }
}
