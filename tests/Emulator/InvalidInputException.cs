using System;

namespace Fireworks.DpoJobs.Emulator;

/// <summary>The command line, a recording or a fault plan is invalid. The message names the position and the reason.</summary>
internal sealed class InvalidInputException(string message, Exception? cause = null) : Exception(message, cause);
