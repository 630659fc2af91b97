using System.Management.Automation.Language;

namespace Fireworks.DpoJobs;

/// <summary>A comparison operator of PowerShell that the service has too.</summary>
/// <param name="Comparator">The service's.</param>
/// <param name="IgnoresCase">Whether it compares text without regard to case.</param>
/// <param name="IsNegated">Whether it is true when the comparator is not.</param>
/// <param name="ListIsFirst">For operators on lists, whether the list stands on the left. Null for the others.</param>
internal sealed record ComparisonOperator(
    FilterComparator Comparator,
    bool IgnoresCase,
    bool IsNegated = false,
    bool? ListIsFirst = null
)
{
    /// <summary>The operator of a token. Null when the service has none that certainly means the same.</summary>
    public static ComparisonOperator? Find(TokenKind token) =>
        token switch
        {
            TokenKind.Ieq => new(FilterComparator.Equal, true),
            TokenKind.Ceq => new(FilterComparator.Equal, false),
            TokenKind.Ine => new(FilterComparator.NotEqual, true),
            TokenKind.Cne => new(FilterComparator.NotEqual, false),
            TokenKind.Ilt => new(FilterComparator.Less, true),
            TokenKind.Clt => new(FilterComparator.Less, false),
            TokenKind.Ile => new(FilterComparator.LessOrEqual, true),
            TokenKind.Cle => new(FilterComparator.LessOrEqual, false),
            TokenKind.Igt => new(FilterComparator.Greater, true),
            TokenKind.Cgt => new(FilterComparator.Greater, false),
            TokenKind.Ige => new(FilterComparator.GreaterOrEqual, true),
            TokenKind.Cge => new(FilterComparator.GreaterOrEqual, false),
            TokenKind.In or TokenKind.Iin => new(FilterComparator.Equal, true, ListIsFirst: false),
            TokenKind.Cin => new(FilterComparator.Equal, false, ListIsFirst: false),
            TokenKind.Inotin => new(FilterComparator.Equal, true, IsNegated: true, ListIsFirst: false),
            TokenKind.Cnotin => new(FilterComparator.Equal, false, IsNegated: true, ListIsFirst: false),
            TokenKind.Icontains => new(FilterComparator.Equal, true, ListIsFirst: true),
            TokenKind.Ccontains => new(FilterComparator.Equal, false, ListIsFirst: true),
            TokenKind.Inotcontains => new(FilterComparator.Equal, true, IsNegated: true, ListIsFirst: true),
            TokenKind.Cnotcontains => new(FilterComparator.Equal, false, IsNegated: true, ListIsFirst: true),
            _ => null,
        };
}
