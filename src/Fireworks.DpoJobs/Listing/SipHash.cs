using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Fireworks.DpoJobs;

/// <summary>
/// SipHash-2-4, a hash with a secret key (Aumasson and Bernstein, 2012): without the key, two strings with the same hash cannot be
/// constructed.
/// </summary>
/// <param name="key0">The first half of the key.</param>
/// <param name="key1">The second half of the key.</param>
internal readonly struct SipHash(ulong key0, ulong key1)
{
    /// <summary>Creates a hash with a random key.</summary>
    public static SipHash CreateRandom()
    {
        var key = new byte[16];
        using (var random = RandomNumberGenerator.Create())
        {
            random.GetBytes(key);
        }
        return new SipHash(
            BinaryPrimitives.ReadUInt64LittleEndian(key),
            BinaryPrimitives.ReadUInt64LittleEndian(key.AsSpan(8))
        );
    }

    /// <summary>The hash of a string in UTF-16, little-endian.</summary>
    [MethodImpl(PlainReader.Optimized)]
    public ulong Compute(string text)
    {
        var state = new State(key0, key1);
        var word = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            word |= (ulong)text[i] << ((i & 3) * 16);
            if ((i & 3) == 3)
            {
                state.Add(word);
                word = 0;
            }
        }
        state.Add(word | ((ulong)(byte)(text.Length * 2) << 56));
        return state.Finish();
    }

    private struct State(ulong key0, ulong key1)
    {
        private ulong _v0 = key0 ^ 0x736f6d6570736575;
        private ulong _v1 = key1 ^ 0x646f72616e646f6d;
        private ulong _v2 = key0 ^ 0x6c7967656e657261;
        private ulong _v3 = key1 ^ 0x7465646279746573;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(ulong word)
        {
            _v3 ^= word;
            Round();
            Round();
            _v0 ^= word;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Finish()
        {
            _v2 ^= 0xff;
            Round();
            Round();
            Round();
            Round();
            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Round()
        {
            _v0 += _v1;
            _v1 = RotateLeft(_v1, 13) ^ _v0;
            _v0 = RotateLeft(_v0, 32);
            _v2 += _v3;
            _v3 = RotateLeft(_v3, 16) ^ _v2;
            _v0 += _v3;
            _v3 = RotateLeft(_v3, 21) ^ _v0;
            _v2 += _v1;
            _v1 = RotateLeft(_v1, 17) ^ _v2;
            _v2 = RotateLeft(_v2, 32);
        }

        private static ulong RotateLeft(ulong value, int bits) => (value << bits) | (value >> (64 - bits));
    }
}
