using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>
/// The outcome of a job (reference page "List Dpo Jobs", <c>gatewayStatus</c>, modeled on google.rpc.Status).
/// </summary>
public sealed class RpcStatus : ApiObject
{
    private RpcCode? _code;
    private string? _codeText;

    /// <summary>
    /// The code. <see cref="RpcCode.Unrecognized"/> when this version does not know the code; <see cref="CodeText"/> then
    /// has its name. Setting the code sets <see cref="CodeText"/> too. Null when the service did not send one.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The value is <see cref="RpcCode.Unrecognized"/> or undefined, so it has no text: set <see cref="CodeText"/> instead.
    /// </exception>
    [JsonIgnore]
    public RpcCode? Code
    {
        get => _code;
        set
        {
            _codeText = RpcCodes.TextOf(value, _codeText);
            _code = value;
        }
    }

    /// <summary>
    /// The code as the service spells it, for example <c>INVALID_ARGUMENT</c>. Setting the text sets <see cref="Code"/> too.
    /// </summary>
    [JsonPropertyName("code")]
    [ComputedFrom(nameof(Code))]
    public string? CodeText
    {
        get => _codeText;
        set
        {
            _code = RpcCodes.Parse(value);
            _codeText = value;
        }
    }

    /// <summary>The service's message in English. Null when there is none.</summary>
    public string? Message { get; set; }

    /// <summary>
    /// The details of the outcome (google.rpc.Status; Python SDK 1.2.23, not on the reference pages). Null when the service
    /// sent none.
    /// </summary>
    public IReadOnlyList<RpcStatusDetail>? Details { get; set; }

    /// <summary>
    /// The machine-readable reason in <see cref="Details"/>, for example <c>DATASET_INVALID</c>. Null when there is none.
    /// </summary>
    [JsonIgnore]
    [ComputedFrom(nameof(Details))]
    public string? Reason => FindInfo()?.Reason;

    /// <summary>
    /// The service that <see cref="Reason"/> is from, for example <c>training.fireworks.ai</c>. Null when there is none.
    /// </summary>
    [JsonIgnore]
    [ComputedFrom(nameof(Details))]
    public string? Domain => FindInfo()?.Domain;

    /// <summary>Returns the code and the message, without likely secrets.</summary>
    /// <returns>For example <c>INVALID_ARGUMENT: the dataset is empty</c>; an empty string when both are null.</returns>
    public override string ToString() =>
        SecretPatterns.Redact(
            CodeText is null || Message is null ? CodeText ?? Message ?? "" : $"{CodeText}: {Message}"
        );

    [MethodImpl(PlainReader.Optimized)]
    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("code"u8):
                CodeText = reader.ReadText();
                return true;
            case 7 when name.SequenceEqual("details"u8):
                Details = reader.ReadObjects<RpcStatusDetail>();
                return true;
            case 7 when name.SequenceEqual("message"u8):
                Message = reader.ReadText();
                return true;
            default:
                return false;
        }
    }

    private RpcStatusDetail? FindInfo() => Details?.FirstOrDefault(detail => detail?.Reason is not null);
}

/// <summary>
/// A detail of an outcome: google.rpc.ErrorInfo, or another type of google.rpc, whose fields are in AdditionalData.
/// </summary>
public sealed class RpcStatusDetail : ApiObject
{
    /// <summary>The type, for example <c>type.googleapis.com/google.rpc.ErrorInfo</c>.</summary>
    [JsonPropertyName("@type")]
    public string? Type { get; set; }

    /// <summary>The machine-readable reason, for example <c>CANCELLED</c>. Null for other types.</summary>
    public string? Reason { get; set; }

    /// <summary>The service that the reason is from, for example <c>training.fireworks.ai</c>. Null for other types.</summary>
    public string? Domain { get; set; }

    /// <summary>Returns the reason, or else the type.</summary>
    /// <returns>For example <c>DATASET_INVALID</c>; an empty string when both are null.</returns>
    public override string ToString() => SecretPatterns.Redact(Reason ?? Type ?? "");

    internal override bool ReadField(ReadOnlySpan<byte> name, ref PlainReader reader)
    {
        switch (name.Length)
        {
            case 5 when name.SequenceEqual("@type"u8):
                Type = reader.ReadText();
                return true;
            case 6 when name.SequenceEqual("domain"u8):
                Domain = reader.ReadText();
                return true;
            case 6 when name.SequenceEqual("reason"u8):
                Reason = reader.ReadText();
                return true;
            default:
                return false;
        }
    }
}
