using System;
using System.Collections.Generic;
using System.Linq;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The names and messages of the made-up jobs. All people are fictitious.</summary>
internal static class Vocabulary
{
    private static readonly string[] Kinds =
    [
        "ablation",
        "canary",
        "chat-tone",
        "code-review",
        "helpdesk",
        "nightly",
        "refusal",
        "safety",
        "summary",
        "weekly",
    ];

    /// <summary>Families of base models: their short name in ids, and their models.</summary>
    public static readonly (string Short, string[] Models)[] Families =
    [
        ("deepseek", ["deepseek-v3", "deepseek-r1-distill-llama-8b"]),
        ("gemma", ["gemma-3-12b-it", "gemma-3-27b-it"]),
        ("llama", ["llama-v3p1-8b-instruct", "llama-v3p1-70b-instruct", "llama-v3p3-70b-instruct"]),
        ("mixtral", ["mixtral-8x7b-instruct"]),
        ("qwen", ["qwen2p5-7b-instruct", "qwen2p5-32b-instruct", "qwen3-8b"]),
    ];

    /// <summary>The prefixes of ids, sorted. Ids sort by their prefix, then by their number.</summary>
    public static readonly (string Text, int Family)[] Prefixes = Kinds
        .SelectMany(kind => Families.Select((family, i) => (Text: kind + "-" + family.Short + "-", Family: i)))
        .OrderBy(prefix => prefix.Text, StringComparer.Ordinal)
        .ToArray();

    public static readonly string[] DisplayNames =
    [
        "Nightly preference run",
        "Tone v2, polite answers",
        "Support replies (EU)",
        "A/B: shorter summaries",
        "Präferenzen für Größe und Stil",
        "丁寧な返答の学習",
        "Refusals, second round",
        "Do not delete!",
        "sweep beta=0.1",
        "Réponses plus brèves",
    ];

    public static readonly string[] Creators =
    [
        "ana.silva@example.com",
        "ben.okafor@example.com",
        "chen.wei@example.com",
        "dora.novak@example.com",
        "ops-bot@example.com",
        "priya.raman@example.com",
    ];

    public static readonly string[] Datasets =
    [
        "prefs-chat-tone",
        "prefs-code-review",
        "prefs-helpdesk",
        "prefs-refusals",
        "prefs-summaries",
        "ultrafeedback-binarized",
    ];

    public static readonly (string Code, string Message)[] Failures =
    [
        ("INVALID_ARGUMENT", "dataset line {0}: 'rejected' has no message with role 'assistant'"),
        ("INVALID_ARGUMENT", "dataset line {0} has more tokens than max_context_length"),
        ("INTERNAL", "trainer exited with code 137 at step {0}: out of memory"),
        ("INTERNAL", "loss became NaN at step {0}"),
        ("RESOURCE_EXHAUSTED", "no capacity for {0} minutes, giving up"),
        ("DEADLINE_EXCEEDED", "no progress for {0} minutes"),
        ("UNAVAILABLE", "lost the connection to the trainer at step {0}"),
        ("PERMISSION_DENIED", "dataset part {0} could not be read"),
        ("FAILED_PRECONDITION", "base model revision {0} does not support LoRA"),
    ];

    /// <summary>States with their frequency per mille. Other states are rare in real accounts.</summary>
    public static readonly (string Choice, int Weight)[] States =
    [
        ("JOB_STATE_COMPLETED", 700),
        ("JOB_STATE_FAILED", 120),
        ("JOB_STATE_RUNNING", 40),
        ("JOB_STATE_CANCELLED", 40),
        ("JOB_STATE_PENDING", 30),
        ("JOB_STATE_EARLY_STOPPED", 20),
        ("JOB_STATE_PAUSED", 15),
        ("JOB_STATE_VALIDATING", 10),
        ("JOB_STATE_CREATING", 5),
        ("JOB_STATE_WRITING_RESULTS", 5),
        ("JOB_STATE_CANCELLING", 3),
        ("JOB_STATE_RE_QUEUEING", 3),
        ("JOB_STATE_CREATING_INPUT_DATASET", 3),
        ("JOB_STATE_DELETING", 2),
        ("JOB_STATE_IDLE", 2),
        ("JOB_STATE_EXPIRED", 2),
    ];

    /// <summary>The states of a job that has ended.</summary>
    public static readonly HashSet<string> FinalStates =
    [
        "JOB_STATE_COMPLETED",
        "JOB_STATE_FAILED",
        "JOB_STATE_CANCELLED",
        "JOB_STATE_EARLY_STOPPED",
        "JOB_STATE_EXPIRED",
    ];

    /// <summary>The states in which a job can remain for weeks.</summary>
    public static readonly HashSet<string> IdleStates = ["JOB_STATE_PAUSED", "JOB_STATE_IDLE"];
}
