using System;
using Fireworks.DpoJobs.Emulator.Account;

namespace Fireworks.DpoJobs.Benchmarks;

/// <summary>Pages as the emulator sends them.</summary>
internal static class Pages
{
    public static byte[] OfJobs(int count)
    {
        var account = new MadeUpAccount(
            "acme",
            count,
            seed: 1,
            new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)
        );
        var request = new ListRequest("", "", "", count, "");
        using var json = JsonReply.Render(writer =>
            JobPage.Write(writer, account, new JobIndex(account).Select("", ""), 0, request, FieldMask.All)
        );
        return json.Written.ToArray();
    }
}
