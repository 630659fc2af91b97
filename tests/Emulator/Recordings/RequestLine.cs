using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Fireworks.DpoJobs.Emulator.Recordings;

/// <summary>
/// Identifies a request by its method, path and decoded query parameters in any order. Two requests are the same if their
/// <see cref="Text"/> is the same.
/// </summary>
internal sealed class RequestLine
{
    // A different path is a different resource; a different parameter is only a variant of the request.
    private const int PathWeight = 10;

    private readonly string _method;
    private readonly string _path;
    private readonly List<HarPair> _parameters;

    private RequestLine(string method, PathString path, string query)
    {
        _method = method;
        _path = path.ToUriComponent();
        _parameters =
        [
            .. DecodeQuery(query)
                .OrderBy(pair => pair.Name, StringComparer.Ordinal)
                .ThenBy(pair => pair.Value, StringComparer.Ordinal),
        ];
        var encoded = _parameters.Select(pair =>
            $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"
        );
        Text = $"{_method} {_path}{(_parameters.Count > 0 ? "?" : "")}{string.Join('&', encoded)}";
    }

    /// <summary>Canonical form: <c>GET /v1/accounts?pageSize=2</c>.</summary>
    public string Text { get; }

    public static RequestLine From(HttpRequest request) =>
        new(request.Method, request.Path, request.QueryString.Value ?? "");

    public static RequestLine From(string method, Uri address) =>
        new(method, PathString.FromUriComponent(address.AbsolutePath), address.Query);

    public static List<HarPair> DecodeQuery(string query)
    {
        var pairs = new List<HarPair>();
        foreach (var pair in new QueryStringEnumerable(query))
        {
            pairs.Add(new HarPair(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return pairs;
    }

    /// <summary>Compares this request with a recorded one.</summary>
    /// <returns>A distance, 0 for the same request; and a description such as <c>pageSize is 7 instead of absent</c>.</returns>
    public (int Distance, string Description) Compare(RequestLine recorded)
    {
        var distance = 0;
        var differences = new List<string>();
        void Add(string name, string actual, string expected, int weight)
        {
            if (actual != expected)
            {
                distance += weight;
                differences.Add($"{Uri.EscapeDataString(name)} is {actual} instead of {expected}");
            }
        }

        var (parts, recordedParts) = (_path.Split('/'), recorded._path.Split('/'));
        var different =
            (2 * Math.Abs(parts.Length - recordedParts.Length))
            + parts.Zip(recordedParts).Count(pair => pair.First != pair.Second);
        Add("method", _method, recorded._method, PathWeight);
        Add("path", _path, recorded._path, PathWeight * different);
        foreach (var parameter in _parameters.Concat(recorded._parameters).Select(pair => pair.Name).Distinct())
        {
            Add(parameter, Describe(parameter), recorded.Describe(parameter), weight: 1);
        }

        return (distance, string.Join("; ", differences));
    }

    // Values are escaped, so that they cannot add lines to the log.
    private string Describe(string name)
    {
        var values = _parameters
            .Where(pair => pair.Name == name)
            .Select(pair => pair.Value.Length == 0 ? "empty" : Uri.EscapeDataString(pair.Value))
            .ToList();
        return values.Count == 0 ? "absent" : string.Join(" and ", values);
    }
}
