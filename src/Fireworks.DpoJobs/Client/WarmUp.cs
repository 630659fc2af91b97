namespace Fireworks.DpoJobs;

/// <summary>
/// Compiles the code that reads a response while the pipeline thread compiles the code that sends the request. In a new process,
/// both take longer than a nearby service takes to respond.
/// </summary>
internal static class WarmUp
{
    private static int _hasStarted;

    // Every form of value that the service usually sends.
    private static ReadOnlySpan<byte> Page =>
        """
            {"dpoJobs":[{"completedTime":null,"createTime":"2026-11-07T05:31:56.123456Z","displayName":"","lossConfig":{"dpo":{"beta":0.1,
            "refCacheBatchSize":1}},"name":"accounts/a/dpoJobs/b","state":"JOB_STATE_COMPLETED","status":{"code":"OK","details":[],
            "message":""},"trainerLogsSignedUrl":"","trainingConfig":{"epochs":1,"learningRate":0.0001,"loraTargetModules":["q_proj"]},
            "useReservation":false,"wandbConfig":{"enabled":true}}],"nextPageToken":"","totalSize":1}
            """u8;

    /// <summary>Starts once per process, and does not wait.</summary>
    public static void Start()
    {
        if (Interlocked.Exchange(ref _hasStarted, 1) == 0)
        {
            _ = Task.Run(() =>
            {
                _ = HttpTransport.Shared;
                PlainReader.Read(Page, new DpoJobPage());
            });
        }
    }
}
