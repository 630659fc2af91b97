using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>The secrets of a response, the wandb key and the signed URL, appear in no output.</summary>
public sealed class SecretTests
{
    private static readonly DpoJobPage Page = Parse.Page($$"""{"dpoJobs":[{{Samples.FullJob}}]}""");

    private static readonly JsonSerializerOptions Everything = new() { IncludeFields = true, WriteIndented = true };

    [Fact]
    public void The_sample_contains_both_secrets()
    {
        var job = Assert.Single(Page.Jobs);

        Assert.Equal(Samples.SignedUrl, job.TrainerLogsSignedUrl!.Reveal());
        Assert.Equal(Samples.WandbKey, job.WandbConfig!.ApiKey!.Reveal());
    }

    [Fact]
    public void Every_secret_is_a_SecretText()
    {
        Assert.Equal(typeof(SecretText), typeof(WandbConfig).GetProperty("ApiKey")!.PropertyType);
        Assert.Equal(typeof(SecretText), typeof(DpoJob).GetProperty("TrainerLogsSignedUrl")!.PropertyType);
    }

    [Fact]
    public void No_string_property_of_a_model_is_named_like_a_secret()
    {
        // A credentialsSecret is the resource name of a secret, not the secret.
        string[] harmless = ["NextPageToken", "CredentialsSecret"];
        string[] suspicious = ["Key", "Secret", "Token", "Password", "Signed", "Signature", "Credential"];

        var found = ModelTypes
            .All.SelectMany(type => type.GetProperties())
            .Where(property => property.PropertyType == typeof(string) && !harmless.Contains(property.Name))
            .Where(property =>
                suspicious.Any(word => property.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
            );

        Assert.Empty(found);
    }

    [Fact]
    public void No_public_property_reveals_a_secret()
    {
        var texts = new List<string>();

        Walk(Page, texts, depth: 0);

        Assert.Contains("run-1", texts);
        Assert.Contains("(secret)", texts);
        Assert.All(texts, AssertHarmless);
    }

    [Fact]
    public void Serializing_with_reflection_reveals_no_secret()
    {
        var json = JsonSerializer.Serialize(Page, Everything);

        Assert.Contains("nightly-1", json, StringComparison.Ordinal);
        AssertHarmless(json);
    }

    [Fact]
    public void The_default_metadata_throws_instead_of_writing_a_secret()
    {
        Assert.Throws<NotSupportedException>(() =>
            JsonSerializer.Serialize(Page, FireworksJsonContext.Default.DpoJobPage)
        );
        Assert.Throws<NotSupportedException>(() =>
            JsonSerializer.Serialize(
                new DpoJob { TrainerLogsSignedUrl = new("u") },
                FireworksJsonContext.Default.DpoJob
            )
        );
    }

    [Fact]
    public void Only_the_explicit_metadata_writes_a_secret()
    {
        var job = new DpoJob { WandbConfig = new() { ApiKey = new(Samples.WandbKey) } };

        Assert.Equal(
            $$$"""{"wandbConfig":{"apiKey":"{{{Samples.WandbKey}}}"}}""",
            JsonSerializer.Serialize(job, FireworksJsonContext.WithSecrets.DpoJob)
        );
    }

    [Fact]
    public void A_secret_prints_as_a_placeholder_and_has_no_public_property()
    {
        var url = new SecretText(Samples.SignedUrl);

        Assert.Equal("(secret)", url.ToString());
        Assert.Equal("(secret)", $"{url}");
        Assert.Equal("{}", JsonSerializer.Serialize(url, Everything));
        Assert.Empty(typeof(SecretText).GetProperties());
        Assert.Empty(typeof(SecretText).GetFields());
    }

    [Fact]
    public void A_secret_cannot_be_null()
    {
        Assert.Throws<ArgumentNullException>(() => new SecretText(null!));
    }

    private static void Walk(object? value, List<string> texts, int depth)
    {
        if (value is null || depth > 8)
        {
            return;
        }
        texts.Add(value.ToString() ?? "");
        if (value is IEnumerable items and not string)
        {
            foreach (var item in items)
            {
                Walk(item, texts, depth + 1);
            }
        }
        else if (value.GetType() is { IsPrimitive: false, IsEnum: false } type && type != typeof(string))
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (property.GetIndexParameters().Length == 0 && type.Assembly == typeof(DpoJob).Assembly)
                {
                    Walk(property.GetValue(value), texts, depth + 1);
                }
            }
        }
    }

    private static void AssertHarmless(string text)
    {
        Assert.DoesNotContain(Samples.WandbKey, text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
    }
}
