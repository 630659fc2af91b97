using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>
/// An opaque page token: base64url of the offset and of a hash over it and all other parameters, because those must be
/// the same as in the call that gave the token (list-dpo-jobs.md).
/// </summary>
internal static class PageToken
{
    private const int OffsetLength = sizeof(int);
    private const int HashLength = 8;

    public static string Create(ListRequest request, int offset)
    {
        Span<byte> token = stackalloc byte[OffsetLength + HashLength];
        Fill(token, request, offset);
        return Base64Url.EncodeToString(token);
    }

    /// <returns>The offset of the page.</returns>
    /// <exception cref="ApiException">The token is not one of ours, or was given for other parameters.</exception>
    public static int Read(ListRequest request)
    {
        if (request.PageToken.Length == 0)
        {
            return 0;
        }

        Span<byte> given = stackalloc byte[OffsetLength + HashLength];
        if (!Base64Url.IsValid(request.PageToken, out var length) || length != given.Length)
        {
            throw ApiException.Invalid("invalid page token");
        }

        Base64Url.DecodeFromChars(request.PageToken, given);
        var offset = BinaryPrimitives.ReadInt32BigEndian(given);
        Span<byte> expected = stackalloc byte[OffsetLength + HashLength];
        Fill(expected, request, offset);
        return given.SequenceEqual(expected)
            ? offset
            : throw ApiException.Invalid(
                "invalid page token: all other parameters must match the call that provided the page token"
            );
    }

    private static void Fill(Span<byte> token, ListRequest request, int offset)
    {
        BinaryPrimitives.WriteInt32BigEndian(token, offset);
        var covered = string.Join('\n', offset, request.PageSize, request.Filter, request.OrderBy, request.ReadMask);
        SHA256.HashData(Encoding.UTF8.GetBytes(covered)).AsSpan(0, HashLength).CopyTo(token[OffsetLength..]);
    }
}
