using System.Text.Json.Serialization;

namespace Fireworks.DpoJobs;

/// <summary>The outcome of a job (reference page "List Dpo Jobs", <c>gatewayStatus</c>, after google.rpc.Status).</summary>
public sealed class RpcStatus : ApiObject
{
    /// <summary>The code. <see cref="RpcCode.Unrecognized"/> when this version does not know it: <see cref="CodeText"/> says which.</summary>
    [JsonIgnore]
    public RpcCode? Code { get; private set; }

    /// <summary>The code as the service spells it, for example <c>INVALID_ARGUMENT</c>.</summary>
    [JsonPropertyName("code")]
    [ComputedFrom(nameof(Code))]
    public string? CodeText
    {
        get;
        set
        {
            field = value;
            Code = RpcCodes.Parse(value);
        }
    }

    /// <summary>The service's message in English.</summary>
    public string? Message { get; set; }

    /// <summary>Code and message in one line.</summary>
    /// <returns>For example <c>INVALID_ARGUMENT: the data set is empty</c>; an empty string when both are null.</returns>
    public override string ToString() =>
        CodeText is null || Message is null ? CodeText ?? Message ?? "" : $"{CodeText}: {Message}";
}
