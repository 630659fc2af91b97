using System.Collections.Concurrent;
using System.Threading.Tasks;
using Fireworks.DpoJobs.Emulator.Filters;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// Serves the account, and below <c>/dialects/{names}</c> the same account in other dialects, so that tests need no process
/// for each.
/// </summary>
internal sealed class DialectRoutes(EmulatorOptions options)
{
    private const string Prefix = "/dialects";

    private readonly AccountApi _account = new(options);
    private readonly ConcurrentDictionary<string, AccountApi> _others = new();

    /// <summary>The calls with which a test changes the account outside of <c>/dialects</c>.</summary>
    public AccountControl Control => _account.Control;

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
            return _others
                .GetOrAdd(names, _ => new AccountApi(options with { Dialect = Dialects.Parse(names) }))
                .HandleAsync(context);
        }
        catch (InvalidInputException e)
        {
            return ApiException.NotFound(e.Message).WriteAsync(context);
        }
    }
}
