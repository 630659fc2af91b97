namespace Fireworks.DpoJobs.Unit.Models;

/// <summary>Responses of the service, from its documentation.</summary>
internal static class Samples
{
    /// <summary>The wandb key in <see cref="FullJob"/>. No output may contain it.</summary>
    public const string WandbKey = "canary-wandb-key-0123456789abcdef";

    /// <summary>The address of the trainer log in <see cref="FullJob"/>. No output may contain it.</summary>
    public const string SignedUrl = "https://storage.example/logs/trainer.log?X-Goog-Signature=canary-signature-4711";

    /// <summary>Reference page "Get Dpo Job": the example response, verbatim.</summary>
    public const string ReferenceJob = """
        {
          "dataset": "<string>",
          "name": "<string>",
          "displayName": "<string>",
          "createTime": "2023-11-07T05:31:56Z",
          "completedTime": "2023-11-07T05:31:56Z",
          "state": "JOB_STATE_UNSPECIFIED",
          "status": {
            "code": "OK",
            "message": "<string>"
          },
          "createdBy": "<string>",
          "trainingConfig": {
            "outputModel": "<string>",
            "baseModel": "<string>",
            "warmStartFrom": "<string>",
            "jinjaTemplate": "<string>",
            "learningRate": 123,
            "maxContextLength": 123,
            "loraRank": 123,
            "region": "REGION_UNSPECIFIED",
            "epochs": 123,
            "batchSize": 123,
            "gradientAccumulationSteps": 123,
            "learningRateWarmupSteps": 123,
            "batchSizeSamples": 123,
            "optimizerWeightDecay": 123
          },
          "wandbConfig": {
            "enabled": true,
            "apiKey": "<string>",
            "project": "<string>",
            "entity": "<string>",
            "runId": "<string>",
            "url": "<string>"
          },
          "trainerLogsSignedUrl": "<string>",
          "lossConfig": {
            "method": "METHOD_UNSPECIFIED",
            "klBeta": 123
          }
        }
        """;

    /// <summary>Reference page "List Dpo Jobs": the example response, converted from YAML to JSON.</summary>
    public const string ReferencePage = """
        {
          "dpoJobs": [
            {
              "name": "<string>",
              "displayName": "<string>",
              "createTime": "2023-11-07T05:31:56Z",
              "completedTime": "2023-11-07T05:31:56Z",
              "dataset": "<string>",
              "state": "JOB_STATE_UNSPECIFIED",
              "status": { "code": "OK", "message": "<string>" },
              "createdBy": "<string>",
              "trainingConfig": {
                "outputModel": "<string>",
                "baseModel": "<string>",
                "warmStartFrom": "<string>",
                "jinjaTemplate": "<string>",
                "learningRate": 123,
                "maxContextLength": 123,
                "loraRank": 123,
                "region": "REGION_UNSPECIFIED",
                "epochs": 123,
                "batchSize": 123,
                "gradientAccumulationSteps": 123,
                "learningRateWarmupSteps": 123
              },
              "wandbConfig": {
                "enabled": true,
                "apiKey": "<string>",
                "project": "<string>",
                "entity": "<string>",
                "runId": "<string>",
                "url": "<string>"
              }
            }
          ],
          "nextPageToken": "<string>",
          "totalSize": 123
        }
        """;

    /// <summary>A job with every field of both reference pages, the SDK and the later OpenAPI documents, each with a different value.</summary>
    public const string FullJob = $$"""
        {
          "awsS3Config": { "credentialsSecret": "accounts/acme/secrets/s3", "iamRoleArn": "arn:aws:iam::1:role/r" },
          "azureBlobStorageConfig": {
            "credentialsSecret": "accounts/acme/secrets/azure",
            "managedIdentityClientId": "client-1",
            "tenantId": "tenant-1"
          },
          "completedTime": "2026-08-30T06:02:03.5Z",
          "createTime": "2026-08-30T03:48:42.645723285Z",
          "createdBy": "ada@example.com",
          "dataset": "accounts/acme/datasets/pairs",
          "displayName": "Nightly",
          "lossConfig": {
            "dpo": { "beta": 0.1, "refCacheBatchSize": 8, "refCacheConcurrency": 4 },
            "klBeta": 0.02,
            "method": "DPO",
            "orpo": { "lambda": 0.3 }
          },
          "name": "accounts/acme/dpoJobs/nightly-1",
          "purpose": "PURPOSE_PILOT",
          "state": "JOB_STATE_COMPLETED",
          "rendererHuggingFaceRepoId": "acme/renderer",
          "reservationTarget": "accounts/acme/reservations/r-1",
          "status": {
            "code": "OK",
            "details": [
              {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "domain": "training.fireworks.ai",
                "reason": "DATASET_INVALID"
              }
            ],
            "message": "done"
          },
          "trainerLogsSignedUrl": "{{SignedUrl}}",
          "trainingConfig": {
            "acceleratorCount": 16,
            "baseModel": "accounts/fireworks/models/llama-v3p1-8b-instruct",
            "batchSize": 65536,
            "batchSizeSamples": 32,
            "epochs": 3,
            "gradientAccumulationSteps": 2,
            "jinjaTemplate": "{% for m in messages %}",
            "learningRate": 0.0001,
            "learningRateWarmupSteps": 10,
            "loraAlpha": 64,
            "loraDropout": 0.05,
            "loraRank": 8,
            "loraTargetModules": [ "q_proj", "v_proj" ],
            "lrScheduler": {
              "constant": {},
              "cosine": { "decayRatio": 0.9, "minLrRatio": 0.1 },
              "linear": { "decayRatio": 0.8, "minLrRatio": 0.2 }
            },
            "maxContextLength": 8192,
            "optimizerWeightDecay": 0.01,
            "outputModel": "accounts/acme/models/nightly",
            "region": "US_IOWA_1",
            "trainerShardingScheme": {
              "contextParallelism": 3,
              "expertParallelism": 5,
              "pipelineParallelism": 2,
              "sequenceParallelism": true,
              "tensorParallelism": 7
            },
            "warmStartFrom": "accounts/acme/models/addon"
          },
          "useReservation": true,
          "wandbConfig": {
            "apiKey": "{{WandbKey}}",
            "enabled": true,
            "entity": "team",
            "project": "dpo",
            "runId": "run-1",
            "url": "https://wandb.ai/team/dpo/runs/run-1"
          }
        }
        """;
}
