namespace Fireworks.DpoJobs.Emulator.CommandLine;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public const string Text = """
        A stand-in of the Fireworks API for DPO jobs, on the loopback address only.

          emulate [--jobs n] [--latency 50ms] [--seed n] [--account id] [--key fw_...] [--now time] [--no-compression]
          replay  --recordings <folder or file.har>
          record  --upstream <url> --out <file.har>

        emulate serves a made-up account; the same seed, size and now give the same bytes.
          --jobs 1000            how many jobs the account has
          --latency 0            how long each answer waits: 50ms, 0.2s, or a number of milliseconds
          --seed 1               another number, another account
          --account acme         the id of the account
          --key <key>            the only key that is accepted (without it: any)
          --now <RFC 3339>       the moment the account is looked at (without it: now, floored to the hour)
          --no-compression       never answer with gzip

        Every verb:
          --port 0               the port; 0 takes a free one
          --parent <pid>         end when this process has ended
          --end-with-input       end when standard input is closed
          --log                  one line a request on standard error; never a key
          --help

        When it listens it prints one line: Listening on http://127.0.0.1:<port>
        While it runs: GET /_emulator/requests, POST /_emulator/respond, /_emulator/reset, /_emulator/shutdown
        Exit codes: 0 ended as asked, 1 could not listen or write, 2 wrong arguments or recordings.
        """;
}
