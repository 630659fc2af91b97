using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>The models have exactly the documented fields, with matching types.</summary>
public sealed class WireContractTests
{
    // Reference page "List Dpo Jobs": gatewayDpoJob, gatewayStatus, gatewayBaseTrainingConfig, gatewayWandbConfig.
    private const string ListPage = """
        name                                      string
        displayName                               string
        createTime                                date-time
        completedTime                             date-time
        dataset                                   string
        state                                     enum
        status                                    object
        status.code                               enum
        status.message                            string
        createdBy                                 string
        trainingConfig                            object
        trainingConfig.outputModel                string
        trainingConfig.baseModel                  string
        trainingConfig.warmStartFrom              string
        trainingConfig.jinjaTemplate              string
        trainingConfig.learningRate               float
        trainingConfig.maxContextLength           int32
        trainingConfig.loraRank                   int32
        trainingConfig.region                     enum
        trainingConfig.epochs                     int32
        trainingConfig.batchSize                  int32
        trainingConfig.gradientAccumulationSteps  int32
        trainingConfig.learningRateWarmupSteps    int32
        wandbConfig                               object
        wandbConfig.enabled                       boolean
        wandbConfig.apiKey                        secret
        wandbConfig.project                       string
        wandbConfig.entity                        string
        wandbConfig.runId                         string
        wandbConfig.url                           string
        """;

    // Reference page "Get Dpo Job": additional fields.
    private const string GetPage = """
        trainingConfig.batchSizeSamples           int32
        trainingConfig.optimizerWeightDecay       float
        trainerLogsSignedUrl                      secret
        lossConfig                                object
        lossConfig.method                         enum
        lossConfig.klBeta                         float
        """;

    // Not on the reference pages: the service's Python SDK 1.2.3, and its OpenAPI documents from 4.259.0 on.
    private const string NewerDocuments = """
        awsS3Config                                               object
        awsS3Config.credentialsSecret                             string
        awsS3Config.iamRoleArn                                    string
        azureBlobStorageConfig                                    object
        azureBlobStorageConfig.credentialsSecret                  string
        azureBlobStorageConfig.managedIdentityClientId            string
        azureBlobStorageConfig.tenantId                           string
        purpose                                                   enum
        useReservation                                            boolean
        reservationTarget                                         string
        rendererHuggingFaceRepoId                                 string
        status.details                                            object[]
        status.details[].@type                                    string
        status.details[].domain                                   string
        status.details[].reason                                   string
        trainingConfig.loraAlpha                                  int32
        trainingConfig.loraDropout                                float
        trainingConfig.loraTargetModules                          string[]
        trainingConfig.trainerShardingScheme                      object
        trainingConfig.trainerShardingScheme.tensorParallelism    int32
        trainingConfig.trainerShardingScheme.pipelineParallelism  int32
        trainingConfig.trainerShardingScheme.contextParallelism   int32
        trainingConfig.trainerShardingScheme.expertParallelism    int32
        trainingConfig.trainerShardingScheme.sequenceParallelism  boolean
        trainingConfig.lrScheduler                                object
        trainingConfig.lrScheduler.constant                       object
        trainingConfig.lrScheduler.cosine                         object
        trainingConfig.lrScheduler.cosine.minLrRatio              float
        trainingConfig.lrScheduler.cosine.decayRatio              float
        trainingConfig.lrScheduler.linear                         object
        trainingConfig.lrScheduler.linear.minLrRatio              float
        trainingConfig.lrScheduler.linear.decayRatio              float
        trainingConfig.acceleratorCount                           int32
        lossConfig.dpo                                            object
        lossConfig.dpo.beta                                       float
        lossConfig.dpo.refCacheConcurrency                        int32
        lossConfig.dpo.refCacheBatchSize                          int32
        lossConfig.orpo                                           object
        lossConfig.orpo.lambda                                    float
        """;

    // Reference page "List Dpo Jobs": gatewayListDpoJobsResponse. The total is read wider than documented.
    private const string PageOfJobs = """
        dpoJobs        object[]
        nextPageToken  string
        totalSize      int64
        """;

    // The service's Python SDK: the accounts of a key, of which only the names are read.
    private const string PageOfAccounts = """
        accounts         object[]
        accounts[].name  string
        nextPageToken    string
        """;

    [Fact]
    public void A_job_has_exactly_the_documented_fields()
    {
        Assert.Equal(
            Documented(ListPage, GetPage, NewerDocuments),
            Read(ModelTypes.JsonFields(FireworksJsonContext.Default.DpoJob))
        );
    }

    [Fact]
    public void A_page_has_exactly_the_documented_fields()
    {
        var fields = ModelTypes
            .JsonFields(FireworksJsonContext.Default.DpoJobPage)
            .Where(field => !field.Path.StartsWith("dpoJobs[].", StringComparison.Ordinal));

        Assert.Equal(Documented(PageOfJobs), Read(fields));
    }

    [Fact]
    public void An_account_page_has_exactly_the_fields_that_are_used()
    {
        Assert.Equal(Documented(PageOfAccounts), Read(ModelTypes.JsonFields(FireworksJsonContext.Default.AccountPage)));
    }

    [Fact]
    public void Every_model_is_reachable_from_a_page()
    {
        // A model that no other refers to would never be read.
        var reached = ModelTypes.All.Where(type => FireworksJsonContext.Default.GetTypeInfo(type) is not null);

        Assert.Equal(ModelTypes.All, reached);
        Assert.Contains(typeof(DecaySchedule), ModelTypes.All);
    }

    [Fact]
    public void Every_enum_property_has_a_text_property()
    {
        var enums = ModelTypes
            .All.SelectMany(type => type.GetProperties())
            .Where(property => Nullable.GetUnderlyingType(property.PropertyType)?.IsEnum == true)
            .ToList();

        Assert.Equal(["Code", "State"], enums.Select(property => property.Name).Order());
        Assert.All(
            enums,
            property =>
                Assert.Equal(typeof(string), property.DeclaringType!.GetProperty($"{property.Name}Text")?.PropertyType)
        );
    }

    [Fact]
    public void Every_time_has_an_offset()
    {
        var types = ModelTypes.All.SelectMany(type => type.GetProperties()).Select(property => property.PropertyType);

        Assert.DoesNotContain(types, type => type == typeof(DateTime) || type == typeof(DateTime?));
    }

    [Fact]
    public void Every_field_named_like_a_secret_is_a_SecretText_or_a_known_exception()
    {
        // Unknown fields with such names are secrets, so known fields must not be less strict.
        var shown = ModelTypes
            .JsonFields(FireworksJsonContext.Default.DpoJobPage)
            .Where(field => field.Type != typeof(SecretText))
            .Select(field => field.Path.Split('.')[^1])
            .Where(name => SecretPatterns.IsSecret(name, ""))
            .Distinct();

        // A position in a listing, and the resource name of a secret.
        Assert.Equal(["credentialsSecret", "nextPageToken"], shown.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Documented(params string[] tables) =>
        tables
            .SelectMany(table => table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .Select(row => row.Replace(" enum", " string", StringComparison.Ordinal)) // Open sets grow without notice.
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Read(IEnumerable<(string Path, Type Type)> fields) =>
        fields.Select(field => $"{field.Path} {Kind(field.Type)}").Order(StringComparer.Ordinal);

    // Only types that can say "not sent": a mask leaves fields out.
    private static string Kind(Type type) =>
        type == typeof(string) ? "string"
        : type == typeof(DateTimeOffset?) ? "date-time"
        : type == typeof(int?) ? "int32"
        : type == typeof(long?) ? "int64"
        : type == typeof(double?) ? "float"
        : type == typeof(bool?) ? "boolean"
        : type == typeof(SecretText) ? "secret"
        : type.IsSubclassOf(typeof(ApiObject)) ? "object"
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? $"{Kind(type.GenericTypeArguments[0])}[]"
        : $"an unexpected {type}";
}
