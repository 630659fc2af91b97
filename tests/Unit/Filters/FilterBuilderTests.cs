using System;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Filters;

/// <summary>Generated filters.</summary>
public sealed class FilterBuilderTests
{
    private static readonly FilterNode A = Is("a");
    private static readonly FilterNode B = Is("b");
    private static readonly FilterNode C = Is("c");
    private static readonly FilterNode D = Is("d");

    [Fact]
    public void Returns_null_for_no_filter_and_a_single_filter_unchanged()
    {
        Assert.Null(FilterBuilder.All([]));
        Assert.Null(FilterBuilder.Any([]));
        Assert.Same(A, FilterBuilder.All([A]));
        Assert.Same(A, FilterBuilder.Any([A]));
    }

    [Fact]
    public void Flattens_filters_joined_by_the_same_operator()
    {
        Assert.Equal("a = 1 AND b = 1 AND c = 1", Print(FilterBuilder.All([FilterBuilder.All([A, B])!, C])));
        Assert.Equal("a = 1 OR b = 1 OR c = 1", Print(FilterBuilder.Any([A, FilterBuilder.Any([B, C])!])));
    }

    [Fact]
    public void Parenthesizes_filters_joined_by_the_other_operator()
    {
        Assert.Equal("a = 1 AND (b = 1 OR c = 1)", Print(FilterBuilder.All([A, FilterBuilder.Any([B, C])!])));
        Assert.Equal("(a = 1 AND b = 1) OR c = 1", Print(FilterBuilder.Any([FilterBuilder.All([A, B])!, C])));
        Assert.Equal("a = 1 OR b = 1", Print(FilterBuilder.All([FilterBuilder.Any([A, B])!])));
        Assert.Equal("a = 1 AND b = 1", Print(FilterBuilder.Any([FilterBuilder.All([A, B])!])));
        Assert.Equal(
            "(a = 1 OR (b = 1 AND c = 1)) AND d = 1",
            Print(FilterBuilder.All([FilterBuilder.Any([A, FilterBuilder.All([B, C])!])!, D]))
        );
    }

    [Fact]
    public void Parenthesizes_sequences()
    {
        var words = FilterParser.Parse("a b")!;

        Assert.Equal("(a b) AND a = 1", Print(FilterBuilder.All([words, A])));
        Assert.Equal("(a b) OR a = 1", Print(FilterBuilder.Any([words, A])));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1e-5, "0.00001")]
    [InlineData(9.99999e-6, "0.00000999999")]
    [InlineData(-1.5e-7, "-0.00000015")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(-1.25e17, "-125000000000000000")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(12345.678, "12345.678")]
    public void Writes_as_many_digits_as_a_round_trip_needs(double number, string text)
    {
        Assert.Equal($"a.b > {text}", Print(Compare(FilterBuilder.Number(number))));
    }

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(double.MinValue)]
    public void Writes_the_smallest_and_the_largest_number_without_an_exponent(double number)
    {
        var text = Print(Compare(FilterBuilder.Number(number))).Substring("a.b > ".Length);

        Assert.DoesNotContain('E', text);
        Assert.Equal(number, double.Parse(text, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0L, "0")]
    [InlineData(-7L, "-7")]
    [InlineData(long.MaxValue, "9223372036854775807")]
    [InlineData(long.MinValue, "-9223372036854775808")]
    public void Writes_all_digits_of_a_whole_number(long number, string text)
    {
        Assert.Equal($"a.b > {text}", Print(Compare(FilterBuilder.Number(number))));
    }

    [Fact]
    public void Writes_numbers_in_the_invariant_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");

            Assert.Equal("a.b > -0.5", Print(Compare(FilterBuilder.Number(-0.5))));
            Assert.Equal("a.b > -5", Print(Compare(FilterBuilder.Number(-5L))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, "2026-11-01T06:00:00Z")]
    [InlineData(1, "2026-11-01T06:00:00.0000001Z")]
    [InlineData(1_234_567, "2026-11-01T06:00:00.1234567Z")]
    [InlineData(5_000_000, "2026-11-01T06:00:00.5Z")]
    public void Writes_a_timestamp_in_UTC_with_up_to_7_decimals(long ticks, string text)
    {
        var time = new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.FromHours(2)).AddTicks(ticks);

        Assert.Equal($"a.b > timestamp(\"{text}\")", Print(Compare(FilterBuilder.Timestamp(time))));
    }

    [Theory]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public void Writes_timestamps_in_the_Gregorian_calendar(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Assert.Equal(
                "a.b > timestamp(\"1970-01-01T00:00:00Z\")",
                Print(Compare(FilterBuilder.Timestamp(DateTimeOffset.UnixEpoch)))
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain", "\"plain\"")]
    [InlineData("it's \"so\"", "\"it's \\\"so\\\"\"")]
    [InlineData("C:\\", "\"C:\\\\\"")]
    [InlineData("\\\"", "\"\\\\\\\"\"")]
    public void Writes_a_string_in_double_quotes_and_escapes_quotes_and_backslashes(string text, string literal)
    {
        Assert.Equal($"a.b > {literal}", Print(Compare(FilterBuilder.String(text))));
    }

    [Fact]
    public void Writes_an_enum_value_without_quotes()
    {
        Assert.Equal("a.b > JOB_STATE_FAILED", Print(Compare(FilterBuilder.Name("JOB_STATE_FAILED"))));
    }

    [Fact]
    public void Builds_filters_that_parse_and_print_the_same_and_never_mix_operators()
    {
        Prop.ForAll(
                Filters(4).ToArbitrary(),
                filter =>
                {
                    var text = FilterPrinter.Print(filter);
                    return FilterPrinter.Print(FilterParser.Parse(text)!) == text
                        && FilterDiagnostics.ShowPrecedence(text) is null;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Parses_every_generated_string_to_its_value()
    {
        Prop.ForAll(
                Strings.ToArbitrary(),
                text =>
                    Assert.Single(ReadBack(FilterBuilder.String(text)).Parts) is { IsQuoted: true } read
                    && read.Text == text
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Parses_every_generated_number_to_its_value()
    {
        Prop.ForAll(
                Doubles.ToArbitrary(),
                number =>
                    double.Parse(
                        string.Join('.', ReadBack(FilterBuilder.Number(number)).Parts.Select(part => part.Text)),
                        CultureInfo.InvariantCulture
                    ) == number
            )
            .QuickCheckThrowOnFailure();
    }

    private static Gen<double> Doubles => ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite);

    private static Gen<string> Strings =>
        Gen.OneOf(
                ArbMap.Default.GeneratorFor<char>(),
                Gen.Elements('"', '\'', '\\', '(', ')', ' ', '\t', '\n', 'A', '.')
            )
            .ArrayOf()
            .Select(characters => new string(characters));

    private static Gen<FilterNode> Filters(int depth)
    {
        var paths = JobFields.All.Where(field => !field.IsComputed).Select(field => field.WirePaths[0]).ToArray();
        var values = Gen.OneOf(
            Doubles.Select(FilterBuilder.Number),
            ArbMap.Default.GeneratorFor<long>().Select(FilterBuilder.Number),
            Strings.Select(FilterBuilder.String),
            Gen.Elements("true", "JOB_STATE_FAILED").Select(FilterBuilder.Name),
            ArbMap.Default.GeneratorFor<DateTimeOffset>().Select(FilterBuilder.Timestamp)
        );
        var comparisons =
            from path in Gen.Elements(paths)
            from comparator in Gen.Elements(Enum.GetValues<FilterComparator>())
            from value in values
            select FilterBuilder.Compare(path, comparator, value);
        if (depth == 0)
        {
            return comparisons;
        }
        var joined =
            from isAll in ArbMap.Default.GeneratorFor<bool>()
            from count in Gen.Choose(1, 3)
            from parts in Filters(depth - 1).ListOf(count)
            select (isAll ? FilterBuilder.All(parts) : FilterBuilder.Any(parts))!;
        return Gen.OneOf(comparisons, joined);
    }

    private static FilterMember ReadBack(FilterArgument value)
    {
        var read = Assert.IsType<FilterRestriction>(FilterParser.Parse(Print(Compare(value))));
        return Assert.IsType<FilterMember>(read.Argument);
    }

    private static FilterNode Is(string field) =>
        FilterBuilder.Compare(field, FilterComparator.Equal, FilterBuilder.Number(1L));

    private static FilterNode Compare(FilterArgument value) =>
        FilterBuilder.Compare("a.b", FilterComparator.Greater, value);

    private static string Print(FilterNode? filter) => FilterPrinter.Print(filter!);
}
