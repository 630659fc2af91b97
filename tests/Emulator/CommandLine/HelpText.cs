namespace Fireworks.DpoJobs.Emulator.CommandLine;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public const string Text = """
        A stand-in of the Fireworks API for DPO jobs, on the loopback address only.

          emulate [--jobs n] [--latency 50ms] [--seed n] [--account id] [--key fw_...] [--now time] [--no-compression] [--cache-pages]
                  [--faults file.json]
          replay  --recordings <folder or file.har> [--faults file.json]
          record  --upstream <url> --out <file.har>

        emulate serves a made-up account; the same seed, size and now give the same bytes.
        Lists understand every filter of AIP-160, with typed fields: states by their full names, state = JOB_STATE_FAILED.
          --jobs 1000            how many jobs the account has
          --latency 0            how long each answer waits: 50ms, 0.2s, or a number of milliseconds
          --seed 1               another number, another account
          --account acme         the id of the account
          --key <key>            the only key that is accepted (without it: any)
          --now <RFC 3339>       the moment the account is looked at (without it: now, floored to the hour)
          --no-compression       never answer with gzip
          --cache-pages          keep each page as it was first written: for benchmarks of clients

        --faults lets things go wrong, {"seed":1,"rules":[…]}; of the rules that apply to a request, the first is played.
          when:    "requests":[2,3] (numbered from 1 among those with the rule's path), "every":5, or "probability":0.1
          where:   "path":"/v1/accounts/acme/dpoJobs", or its beginning: "/v1/*" (without it: everywhere)
          answers: "status":503,"headers":{"retry-after":"1"},"body":"text" or {…}   (retry-after "+1s": an HTTP date)
          network: "reset":"beforeHeaders"|"midBody" (a TCP RST), "refuse":300 (nobody listens for 300 ms),
                   "stall":"headers"|"body" (until the client leaves)
          body:    "truncate":true, "wrongContentLength":"smaller"|"larger", "truncatedGzip":true, "emptyBody":true,
                   "contentType":"text/html"|"none", "invalidUtf8":true
          data:    "tokenLoop":1, "emptyPage":true, "duplicateJob":true, "moveJobs":true, "unknownFields":true,
                   "unknownState":true, "bigString":10000000, "nesting":100, "escapeSequences":true
          POST /_emulator/faults takes the same and replaces it; GET tells how often each rule was played.

        Every verb:
          --port 0               the port; 0 takes a free one
          --parent <pid>         end when this process has ended
          --end-with-input       end when standard input is closed
          --log                  one line a request on standard error; never a key
          --help

        When it listens it prints one line: Listening on http://127.0.0.1:<port>
        While it runs: GET /_emulator/requests, /_emulator/faults,
                              POST /_emulator/respond, /_emulator/faults, /_emulator/reset, /_emulator/shutdown
        Exit codes: 0 ended as asked, 1 could not listen or write, 2 wrong arguments or recordings.
        """;
}
