using System;
using System.Collections.Generic;

namespace Fireworks.DpoJobs.Emulator.CommandLine;

/// <summary>Reads <c>--name value</c>, <c>--name=value</c> and <c>--switch</c> one after the other.</summary>
internal sealed class ArgumentReader(IReadOnlyList<string> args, int start)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _next = start;
    private string? _attached;

    /// <summary>The name of the current option, with its dashes.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Goes to the next option.</summary>
    public bool Read()
    {
        if (_attached is not null)
        {
            throw new CommandLineException($"{Name} takes no value.");
        }

        if (_next >= args.Count)
        {
            return false;
        }

        var argument = args[_next++];
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            throw new CommandLineException($"unexpected argument '{argument}'; options begin with --. See --help.");
        }

        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        Name = equals < 0 ? argument : argument[..equals];
        _attached = equals < 0 ? null : argument[(equals + 1)..];
        if (!_seen.Add(Name))
        {
            throw new CommandLineException($"{Name} is given twice.");
        }

        return true;
    }

    /// <summary>The value of the current option.</summary>
    public string Value()
    {
        if (_attached is { } attached)
        {
            _attached = null;
            return attached;
        }

        if (_next >= args.Count || args[_next].StartsWith("--", StringComparison.Ordinal))
        {
            throw new CommandLineException($"{Name} needs a value.");
        }

        return args[_next++];
    }

    /// <summary>The value of the current option, read by <paramref name="parse"/>.</summary>
    public T Value<T>(Func<string, T?> parse, string expected)
        where T : struct
    {
        var text = Value();
        return parse(text) ?? throw new CommandLineException($"{Name} '{text}' is not {expected}.");
    }
}
