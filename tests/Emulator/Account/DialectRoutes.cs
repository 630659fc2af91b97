using System.Collections.Concurrent;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Files;
using Fireworks.DpoJobs.Emulator.Filters;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// Serves the account, and below <c>/dialects/{names}</c> the same account in other dialects, so that tests need no process
/// for each. Dialects that concern only files share the state of the account; others have their own.
/// </summary>
internal sealed class DialectRoutes
{
    private const string Prefix = "/dialects";

    private readonly EmulatorOptions _options;
    private readonly FileStore _files = new();
    private readonly AccountApi _account;
    private readonly ConcurrentDictionary<string, AccountApi> _others = new();

    public DialectRoutes(EmulatorOptions options)
    {
        _options = options;
        _account = new AccountApi(options, _files);
        Control = new AccountControl(_account.Account);
        Files = new FileControl(new FileServer(_files, options.Latency), _account.Account);
    }

    /// <summary>The calls with which a test changes the account.</summary>
    public AccountControl Control { get; }

    /// <summary>The calls with which a test changes the files of jobs, in every dialect.</summary>
    public FileControl Files { get; }

    public Task HandleAsync(HttpContext context)
    {
        if (
            !context.Request.Path.StartsWithSegments(Prefix, out var rest)
            || rest.Value?.Split('/', 3) is not ["", var names, var path]
        )
        {
            return _account.HandleAsync(context);
        }

        context.Request.Path = "/" + path;
        try
        {
            return _others.GetOrAdd(names, Open).HandleAsync(context);
        }
        catch (InvalidInputException e)
        {
            return ApiException.NotFound(e.Message).WriteAsync(context);
        }
    }

    private AccountApi Open(string names)
    {
        var dialect = Dialects.Parse(names);
        var isSame = (dialect & ~Dialects.OfFiles) == (_options.Dialect & ~Dialects.OfFiles);
        return new AccountApi(_options with { Dialect = dialect }, _files, names, isSame ? _account.Account : null);
    }
}
