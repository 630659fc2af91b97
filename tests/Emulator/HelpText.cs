namespace Fireworks.DpoJobs.Emulator;

/// <summary>The output of <c>--help</c>.</summary>
internal static class HelpText
{
    public const string Text = """
        A local stand-in for the Fireworks API for DPO jobs. It listens only on the loopback address.

          emulate [--jobs n] [--latency 50ms] [--seed n] [--key fw_...] [--now time] [--cache-pages]
                  [--page-numbers] [--no-total] [--dialect name,...] [--transition 10s]
                  [--training-quota n] [--file-port n]
          replay  --recordings <folder or file.har>
          record  --upstream <url> --out <file.har>

        emulate serves the simulated account acme. The same seed, number of jobs and time produce the same bytes. Lists
        accept any AIP-160 filter and check its types. Jobs can be created, cancelled, resumed and deleted; deleted ones are
        listed only with includeArchived=true, for 30 days. The body of a new job is checked as for Training V2. Enum values
        need their full name: state = JOB_STATE_FAILED. The same account is served in any dialect below /dialects/<names>,
        for example with FIREWORKS_BASE_URL=http://127.0.0.1:<port>/dialects/quoted-enums
        The metrics and the trainer's log of a job are on a second port, at signed addresses that accept no key and expire. Both
        grow while a job runs: a complete training has 1,000 steps and a log of 256 KiB.
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
                                 Others: ignored-filters; microseconds, milliseconds, seconds (the precision of
                                 times); hidden-digits (shows times in seconds, compares all digits);
                                 ignored-parameters (orderBy, readMask, includeArchived).
                                 Of files: nested-metrics (values in an object "data", as in July 2026), missing-metrics
                                 (the address of the metrics leads to a 404), no-trainer-logs (no address of the log).
                                 /dialects/<names> with only these three has the jobs and the clock of the account
          --transition 0         how long a job is CANCELLING or DELETING_CLEANING_UP, on the clock of the account
          --training-quota <n>   how many new jobs may be active at once (default: any number); more are rejected with 403
          --cache-pages          render each page only once, for benchmarks of clients
          --page-numbers         page tokens are page numbers (default: opaque)
          --no-total             pages have no totalSize
          --file-port 0          the port of signed addresses; 0 selects a free one

        replay sends the recorded responses of HAR files.
        record forwards requests to another server, and writes a HAR file without secrets.

        Options of every command:
          --port 0               the port; 0 selects a free one
          --parent <pid>         end when this process ends
          --end-with-input       end when standard input is closed
          --log                  write one line per request to standard error, without keys
          --help
        Once it listens, it prints one line: Listening on http://127.0.0.1:<port>
        emulate prints a second one, for signed addresses: Files on http://127.0.0.1:<port>

        While it runs, it accepts these calls:
          GET  /_emulator/requests   lists the requests since the last reset; "file" is metrics, log or any for those on the
                                     second port, and null for those of the API
          GET  /_emulator/faults     lists for each rule how many requests had its path and how often it was played
          POST /_emulator/faults     replaces the fault plan
          POST /_emulator/reset      clears the requests and the fault plan, and stops the clock
          POST /_emulator/clock      moves the clock of the account: {"advance":90} by 90 seconds; {"perRequest":30} by 30
                                     seconds with each later request. Otherwise it stands still. A job is VALIDATING for
                                     60 s, PENDING for 120 s, CREATING for 60 s and RUNNING for 600 s, then COMPLETED;
                                     every eighth job FAILED instead
          POST /_emulator/state      puts a job into a state, from which it moves on: {"job":"id","state":"JOB_STATE_PAUSED"}
          GET  /_emulator/files      shows the settings of files, how many requests the second port received since the last
                                     reset, and how many of them had an Authorization header
          POST /_emulator/files      {"lifetime":599} seconds of signed addresses on the clock of the account,
                                     {"logSize":262144} bytes and {"metricSteps":1000} of a complete training
          POST /_emulator/files/<id>/metrics   replaces a file with the bytes of the body; or .../log
          POST /_emulator/files/<id>/metrics/append   appends to a replaced file, which is empty at first; or .../log/append
          GET, DELETE /_emulator/files/<id>/metrics   sends the present bytes; returns to the generated file; or .../log
          POST /_emulator/restore    undoes all changes of the account, its clock and its files

        A fault plan is {"seed":1,"rules":[...]}. For each request, the first rule that applies is played. A rule has:
          where:    "path":"/v1/accounts/acme/dpoJobs", or a prefix: "/v1/*" (default: every path);
                    "method":"DELETE" (default: every method);
                    "file":"metrics"|"log"|"any" for requests of such files on the second port (default: requests of the
                    API); their paths are /<dialects or default>/dpoJobs/<id>/metrics.jsonl and .../trainer.log
          when:     "requests":[2,3] (numbered from 1 among those with the rule's path), "every":5, "probability":0.1;
                    "repeat":3 ends the rule after three times (default: every request);
                    "afterEffect":true executes the request first, so that only its response is lost;
                    "rate":10 for requests beyond 10 per second, of which those of one second accumulate (response 429
                    unless "status" is set)
          response: "status":503,"headers":{"retry-after":"1"},"body":"text" or {...}   (retry-after "+1s": an HTTP date)
          network:  "reset":"beforeHeaders"|"midBody" (a TCP RST), "refuse":300 (closes the port for 300 ms),
                    "stall":"headers"|"body" (until the client disconnects);
                    "after":1000 bytes of the body, for truncate, reset and stall (default: half of the body)
          body:     "truncate":true, "wrongContentLength":"smaller"|"larger", "truncatedGzip":true,
                    "emptyBody":true, "gzip":true,
                    "contentType":"text/html"|"none", "invalidUtf8":true
          data:     "tokenLoop":1, "emptyPage":true, "duplicateJob":true, "moveJobs":true, "unknownFields":true,
                    "unknownState":true, "misfits":true, "bigString":10000000, "nesting":100,
                    "escapeSequences":true
        POST /_emulator/faults accepts network and body faults together with a response. A response can also have
        "generateBytes":50000000, which appends that many spaces. A rule with a file can also have "ignoreRange":true (200
        instead of 206) or "changedFile":true (another ETag, and one more line at the beginning), but no data fault.

        Exit codes: 0 ended as requested, 1 could not listen or write, 2 invalid arguments or recordings.
        """;
}
