using System;

namespace Fireworks.DpoJobs.Emulator.CommandLine;

/// <summary>The arguments are wrong; the message says which and what was expected.</summary>
internal sealed class CommandLineException(string message) : Exception(message);
