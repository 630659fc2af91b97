using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>The parameters of a list call, checked as the reference page describes them.</summary>
internal sealed record ListRequest(string Filter, string OrderBy, string ReadMask, int PageSize, string PageToken)
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 200;
    private const int OffsetLength = sizeof(int);
    private const int TokenLength = OffsetLength + 8;

    /// <summary>Whether deleted jobs are included.</summary>
    public bool IncludeArchived { get; init; }

    /// <exception cref="ApiException">A parameter is unknown, repeated or of the wrong type.</exception>
    public static ListRequest Read(IQueryCollection query)
    {
        RejectUnknown(query, "filter", "orderBy", "readMask", "pageSize", "pageToken", "includeArchived");
        return new ListRequest(
            query["filter"].ToString(),
            query["orderBy"].ToString(),
            query["readMask"].ToString(),
            ReadPageSize(query),
            query["pageToken"].ToString()
        )
        {
            IncludeArchived = query["includeArchived"].ToString() switch
            {
                "" or "false" => false,
                "true" => true,
                var text => throw ApiException.Invalid($"invalid include_archived \"{text}\": not a boolean"),
            },
        };
    }

    public static void RejectUnknown(IQueryCollection query, params string[] known)
    {
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name))
            {
                throw ApiException.Invalid($"unknown query parameter \"{name}\"");
            }

            if (values.Count > 1)
            {
                throw ApiException.Invalid($"query parameter \"{name}\" is given {values.Count} times");
            }
        }
    }

    /// <summary>
    /// An opaque token: base64url of the offset and of a hash over it and the other parameters, which must be the same in
    /// the call for the next page.
    /// </summary>
    public string CreateToken(int offset)
    {
        Span<byte> token = stackalloc byte[TokenLength];
        BinaryPrimitives.WriteInt32BigEndian(token, offset);
        var covered =
            string.Join('\n', offset, PageSize, Filter, OrderBy, ReadMask) + (IncludeArchived ? "\narchived" : "");
        SHA256
            .HashData(Encoding.UTF8.GetBytes(covered))
            .AsSpan(0, TokenLength - OffsetLength)
            .CopyTo(token[OffsetLength..]);
        return Base64Url.EncodeToString(token);
    }

    /// <returns>The offset of the page; 0 without a token.</returns>
    /// <exception cref="ApiException">The token is malformed, or was created for other parameters.</exception>
    public int ReadOffset()
    {
        if (PageToken.Length == 0)
        {
            return 0;
        }

        Span<byte> token = stackalloc byte[TokenLength];
        if (!Base64Url.IsValid(PageToken, out var length) || length != TokenLength)
        {
            throw ApiException.Invalid("invalid page token");
        }

        Base64Url.DecodeFromChars(PageToken, token);
        var offset = BinaryPrimitives.ReadInt32BigEndian(token);
        return CreateToken(offset) == PageToken
            ? offset
            : throw ApiException.Invalid(
                "invalid page token: all other parameters must match the call that provided the page token"
            );
    }

    /// <summary>The number of the page that starts at an offset, as a token.</summary>
    public string CreatePageNumber(int offset) => (offset / PageSize).ToString(CultureInfo.InvariantCulture);

    /// <returns>The offset of the page whose number is the token; 0 without a token.</returns>
    /// <exception cref="ApiException">The token is not a number.</exception>
    public int ReadPageNumber() =>
        PageToken.Length == 0 ? 0
        : int.TryParse(PageToken, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < int.MaxValue / MaxPageSize
            ? number * PageSize
        : throw ApiException.Invalid("invalid page token");

    private static int ReadPageSize(IQueryCollection query)
    {
        if (!query.TryGetValue("pageSize", out var given))
        {
            return DefaultPageSize;
        }

        if (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var pageSize))
        {
            throw ApiException.Invalid($"invalid page_size \"{given}\": not a number from 0");
        }

        return pageSize == 0 ? DefaultPageSize : Math.Min(pageSize, MaxPageSize);
    }
}
