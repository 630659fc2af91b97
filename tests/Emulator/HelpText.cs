namespace Fireworks.DpoJobs.Emulator;

/// <summary>The output of <c>--help</c>.</summary>
internal static class HelpText
{
    public const string Text = """
        A local stand-in for the Fireworks API for DPO jobs. It listens only on the loopback address.

          emulate [--jobs n] [--latency 50ms] [--seed n] [--key fw_...] [--now time] [--cache-pages]
                  [--page-numbers] [--no-total] [--dialect name,...]
          replay  --recordings <folder or file.har>
          record  --upstream <url> --out <file.har>

        emulate serves the simulated account acme. The same seed, number of jobs and time produce the same bytes. Lists
        accept any AIP-160 filter and check its types. Jobs can be deleted and cancelled; deleted ones are listed only with
        includeArchived=true. Enum values need their full name: state = JOB_STATE_FAILED.
          --jobs 1000            number of jobs in the account
          --latency 0            delay of each response: 50ms, 0.2s, or a number of milliseconds
          --seed 1               selects the random data of the jobs
          --key <key>            the only API key that is accepted (default: any)
          --now <RFC 3339>       the latest time in the account (default: the current hour)
          --dialect <names>      treats filters as another service may. Rejects: quoted-enums (bare values), bare-enums
                                 (quoted values), no-enums, core-fields (all but name, state, create_time), old-states
                                 (DELETED, ARCHIVED), no-exponents, rejected-filters (400), unimplemented-filters (501).
                                 Matches nothing: text-enums (bare values), short-enums (full names), camel-fields
                                 (snake_case), silent-fields (all but name, state, create_time), empty-results.
                                 Others: ignored-filters, microseconds (the precision of times)
          --cache-pages          render each page only once, for benchmarks of clients
          --page-numbers         page tokens are page numbers (default: opaque)
          --no-total             pages have no totalSize

        replay sends the recorded responses of HAR files.
        record forwards requests to another server, and writes a HAR file without secrets.

        Options of every command:
          --port 0               the port; 0 selects a free one
          --parent <pid>         end when this process ends
          --end-with-input       end when standard input is closed
          --log                  write one line per request to standard error, without keys
          --help
        Once it listens, it prints one line: Listening on http://127.0.0.1:<port>

        While it runs, it accepts these calls:
          GET  /_emulator/requests   lists the requests since the last reset
          GET  /_emulator/faults     lists for each rule how many requests had its path and how often it was played
          POST /_emulator/faults     replaces the fault plan
          POST /_emulator/reset      clears the requests and the fault plan

        A fault plan is {"seed":1,"rules":[...]}. For each request, the first rule that applies is played. A rule has:
          where:    "path":"/v1/accounts/acme/dpoJobs", or a prefix: "/v1/*" (default: every path)
          when:     "requests":[2,3] (numbered from 1 among those with the rule's path), "every":5, "probability":0.1;
                    "repeat":3 ends the rule after three times (default: every request), "rate":10 for requests beyond
                    10 per second, of which those of one second accumulate (response 429 unless "status" is set)
          response: "status":503,"headers":{"retry-after":"1"},"body":"text" or {...}   (retry-after "+1s": an HTTP date)
          network:  "reset":"beforeHeaders"|"midBody" (a TCP RST), "refuse":300 (closes the port for 300 ms),
                    "stall":"headers"|"body" (until the client disconnects)
          body:     "truncate":true, "wrongContentLength":"smaller"|"larger", "truncatedGzip":true, "emptyBody":true,
                    "contentType":"text/html"|"none", "invalidUtf8":true
          data:     "tokenLoop":1, "emptyPage":true, "duplicateJob":true, "moveJobs":true, "unknownFields":true,
                    "unknownState":true, "bigString":10000000, "nesting":100, "escapeSequences":true
        POST /_emulator/faults accepts network and body faults together with a response. A response can also have
        "generateBytes":50000000, which appends that many spaces.

        Exit codes: 0 ended as requested, 1 could not listen or write, 2 invalid arguments or recordings.
        """;
}
