using System;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Parameters;

/// <summary>IDs, full names and jobs are resolved to the full name of a job.</summary>
public sealed class DpoJobReferenceTests
{
    private static readonly Func<string> AccountIsUnused = () =>
        throw new InvalidOperationException("The account must not be requested.");

    [Fact]
    public void An_id_is_resolved_in_the_account_of_the_caller()
    {
        var name = new DpoJobReference("nightly-1").Resolve(() => "acme");

        Assert.Equal("accounts/acme/dpoJobs/nightly-1", name.ToString());
    }

    [Fact]
    public void A_full_name_is_resolved_in_its_own_account()
    {
        var name = new DpoJobReference("accounts/other/dpoJobs/nightly-1").Resolve(AccountIsUnused);

        Assert.Equal(("other", "nightly-1"), (name.AccountId, name.Id));
    }

    [Fact]
    public void A_job_is_resolved_to_its_full_name()
    {
        var reference = new DpoJobReference(new DpoJob { Name = "accounts/other/dpoJobs/nightly-1" });

        Assert.Equal("accounts/other/dpoJobs/nightly-1", reference.ToString());
        Assert.Equal("other", reference.Resolve(AccountIsUnused).AccountId);
    }

    [Theory]
    [InlineData("a:cancel")]
    [InlineData("../x")]
    [InlineData("NIGHTLY")]
    [InlineData("n123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("accounts/acme/dpoJobs/a:cancel")]
    [InlineData("accounts/acme/dpoJobs/..")]
    [InlineData("accounts/ACME/dpoJobs/a")]
    [InlineData("accounts//dpoJobs/a")]
    [InlineData("accounts/acme/dpoJobs/")]
    [InlineData("accounts/acme/dpoJobs/a/b")]
    [InlineData("accounts/acme/models/a")]
    [InlineData("Accounts/acme/dpoJobs/a")]
    [InlineData("dpoJobs/a")]
    [InlineData("/")]
    [InlineData("a b")]
    public void Rejects_malformed_text_with_the_rule_before_the_account_is_looked_up(string text)
    {
        var exception = Assert.Throws<FwInvalidJobIdException>(() =>
            new DpoJobReference(text).Resolve(AccountIsUnused)
        );

        Assert.Contains($"'{text}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("63", exception.Message, StringComparison.Ordinal);
        Assert.Contains("accounts/<account>/dpoJobs/<id>", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nightly-1 ")]
    [InlineData("\t nightly-1\r\n")]
    [InlineData("\u00a0nightly-1\u2003")]
    public void Ignores_white_space_around_an_id(string text)
    {
        Assert.Equal("nightly-1", new DpoJobReference(text).ToString());
        Assert.Equal("nightly-1", new DpoJobReference(text).Resolve(() => "acme").Id);
    }

    [Theory]
    [InlineData("nightly-1\u200b", "Character 10 is U+200B.")]
    [InlineData("\ufeffnightly-1", "Character 1 is U+FEFF.")]
    [InlineData("nightly\u20111", "Character 8 is U+2011.")]
    [InlineData("night\tly", "Character 6 is U+0009.")]
    [InlineData("nightly\ud83d\ude00", "Character 8 is U+1F600.")]
    public void Shows_the_code_point_of_a_character_that_may_be_invisible(string text, string shown)
    {
        var exception = Assert.Throws<FwInvalidJobIdException>(() =>
            new DpoJobReference(text).Resolve(AccountIsUnused)
        );

        Assert.Contains(shown, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_no_code_point_when_every_character_is_visible()
    {
        var exception = Assert.Throws<FwInvalidJobIdException>(() =>
            new DpoJobReference("A b").Resolve(AccountIsUnused)
        );

        Assert.DoesNotContain("U+", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fw_3ZkW9abcdef0123456789")]
    [InlineData("fpk_3ZkW9abcdef")]
    [InlineData("accounts/acme/dpoJobs/fw_3ZkW9abcdef")]
    [InlineData("Bearer fw_3ZkW9abcdef")]
    [InlineData("api_key=3ZkW9abcdef")]
    public void Never_shows_text_that_looks_like_a_key(string text)
    {
        var reference = new DpoJobReference(text);
        var exception = Assert.Throws<FwInvalidJobIdException>(() => reference.Resolve(AccountIsUnused));

        Assert.DoesNotContain("3ZkW9", exception.ToString() + reference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData(null)]
    public void The_error_about_an_empty_id_names_its_likely_cause(string? text)
    {
        var exception = Assert.Throws<FwInvalidJobIdException>(() =>
            new DpoJobReference(text).Resolve(AccountIsUnused)
        );

        Assert.Contains("empty", exception.Message, StringComparison.Ordinal);
        Assert.Contains("mask", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_about_a_job_without_a_name_names_its_likely_cause()
    {
        var exception = Assert.Throws<FwInvalidJobIdException>(() =>
            new DpoJobReference(new DpoJob()).Resolve(AccountIsUnused)
        );

        Assert.Contains("read mask", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_in_place_of_a_job_is_an_argument_error()
    {
        Assert.Throws<ArgumentNullException>(() => new DpoJobReference((DpoJob)null!));
    }

    [Fact]
    public void The_error_about_an_id_shows_no_control_characters()
    {
        var exception = Assert.Throws<FwInvalidJobIdException>(() =>
            new DpoJobReference("a\u001b[31m\nb").Resolve(AccountIsUnused)
        );

        Assert.DoesNotContain(exception.Message, char.IsControl);
    }
}
