using System;
using System.Collections.Generic;

namespace Fireworks.DpoJobs.Emulator.Account;

/// <summary>One term of the orderBy parameter.</summary>
internal sealed record OrderTerm(FieldPath Path, bool Descending);

/// <summary>The orderBy parameter: <c>foo,bar desc</c>, subfields with a dot (list-dpo-jobs.md).</summary>
internal static class OrderBy
{
    /// <returns>The terms; none for an empty text, which means by name.</returns>
    /// <exception cref="ApiException">A term is not a scalar field, or its suffix is not " desc".</exception>
    public static IReadOnlyList<OrderTerm> Parse(string text)
    {
        var terms = new List<OrderTerm>();
        if (text.Length == 0)
        {
            return terms;
        }

        foreach (var term in text.Split(','))
        {
            var words = term.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is 0 or > 2 || (words.Length == 2 && words[1] != "desc"))
            {
                throw ApiException.Invalid($"invalid order_by term \"{term.Trim()}\"");
            }

            var path =
                FieldPath.Find(JobFields.InList, words[0])
                ?? throw ApiException.Invalid($"invalid order_by: unknown field \"{words[0]}\"");
            if (path.Leaf.Kind is FieldKind.Message or FieldKind.TextList)
            {
                throw ApiException.Invalid($"invalid order_by: \"{words[0]}\" is not a scalar field");
            }

            terms.Add(new OrderTerm(path, Descending: words.Length == 2));
        }

        return terms;
    }
}
