using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Errors;

/// <summary>
/// Which failures have a record. What the records hold cannot be seen here, since PowerShellStandard's ErrorRecord is a
/// stub without contents: the Pester suite tests ids, categories, targets and advice.
/// </summary>
public sealed class ErrorRecordsTests
{
    [Fact]
    public void Every_failure_that_a_call_is_documented_to_have_has_a_record()
    {
        Exception[] failures =
        [
            new FwConnectionException("m"),
            new FwTimeoutException("m", TimeSpan.FromSeconds(60)),
            new FwResponseException("m"),
            Assert.Throws<FwConfigurationException>(() => ApiKey.Create("", "x")),
            new FwInvalidJobIdException("m"),
        ];

        Assert.All(failures, failure => Assert.NotNull(ErrorRecords.From(failure, null)));
    }

    [Fact]
    public void Every_exception_type_that_users_see_has_a_record()
    {
        var covered = new List<Type>
        {
            typeof(FwApiException),
            typeof(FwConnectionException),
            typeof(FwTimeoutException),
            typeof(FwResponseException),
            typeof(FwConfigurationException),
            typeof(FwInvalidJobIdException),
        };

        var all = typeof(FwException)
            .Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Exception)) && !type.IsAbstract);

        Assert.Equal(covered.OrderBy(type => type.Name), all.OrderBy(type => type.Name));
    }

    [Fact]
    public void Every_status_of_an_error_has_a_record()
    {
        Assert.All(
            Enumerable.Range(100, 500),
            status => Assert.NotNull(ErrorRecords.From(new FwApiException(status, "m"), "accounts/acme/dpoJobs/x"))
        );
    }

    [Fact]
    public void An_exception_that_is_none_of_the_modules_is_a_bug_and_stays_itself()
    {
        Assert.Null(ErrorRecords.From(new InvalidOperationException("m"), null));
        Assert.Null(ErrorRecords.From(new OperationCanceledException(), null));
    }
}
