using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Fireworks.DpoJobs;

/// <summary>Shows metrics as charts in the terminal, one chart per property and one curve per job.</summary>
[Cmdlet(
    VerbsCommon.Show,
    "FwDpoJobMetric",
    HelpUri = "https://github.com/fireworks-dpojobs/Fireworks.DpoJobs/blob/main/src/Fireworks.DpoJobs/Help/Show-FwDpoJobMetric.md"
)]
[OutputType(typeof(string))]
public sealed class ShowFwDpoJobMetricCommand : FwCmdlet
{
    /// <summary>
    /// The type name of a line with colors: a plain string with the property Colored. The view of this type shows the colors, so
    /// that PowerShell removes them where it removes those of other views, and commands and files get plain text.
    /// </summary>
    internal const string LineTypeName = "Fireworks.DpoJobs.ChartLine";

    private const int DefaultWidth = 80;
    private const int MinDefaultHeight = 6;
    private const int MaxDefaultHeight = 14;

    // Title, axis, labels, legend and an empty line.
    private const int RowsAroundPlot = 5;

    private CurveCollector _curves = null!;

    /// <summary>
    /// The metrics to show: metric objects, also those of Import-Clixml and Import-Csv, or lines of a metrics file.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [DpoJobMetric]
    public DpoJobMetric[] InputObject { get; set; } = [];

    /// <summary>
    /// The properties to show, each in its own chart: properties of <see cref="DpoJobMetric"/>, or names of its Values, with or
    /// without <c>train/</c>. Default: Loss, Accuracy.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MetricPropertyCompleter))]
    public string[] Property { get; set; } = [nameof(DpoJobMetric.Loss), nameof(DpoJobMetric.Accuracy)];

    /// <summary>
    /// Smooths the curves with an exponential moving average: the weight of the previous value, from 0 (the default, no
    /// smoothing) to less than 1.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 0.9999)]
    public double Smooth { get; set; }

    /// <summary>The width of a chart in columns, 20 to 1000. Default: the width of the window, or 80 without a window.</summary>
    [Parameter]
    [ValidateRange(20, 1000)]
    public int Width { get; set; }

    /// <summary>
    /// The height of a chart in rows, without its title, steps and legend, 3 to 200. Default: the charts fit the window, with 6 to
    /// 14 rows each.
    /// </summary>
    [Parameter]
    [ValidateRange(3, 200)]
    public int Height { get; set; }

    /// <summary>Starts without metrics.</summary>
    protected override void BeginProcessing() =>
        _curves = new CurveCollector([
            .. Property.Distinct(StringComparer.OrdinalIgnoreCase).Select(MetricProperty.Find),
        ]);

    /// <summary>Collects metrics.</summary>
    protected override void ProcessRecord()
    {
        foreach (var metric in InputObject)
        {
            _curves.Add(metric);
        }
    }

    /// <summary>Writes the charts as lines of text.</summary>
    protected override void EndProcessing()
    {
        if (_curves.Count == 0)
        {
            WriteWarning("There are no metrics to show. A job has none before its first step.");
            return;
        }
        var window = FindWindow();
        var charts = _curves.Properties.Count;
        var height = Math.Min(MaxDefaultHeight, Math.Max(MinDefaultHeight, (window.Height / charts) - RowsAroundPlot));
        var hasWritten = false;
        foreach (var property in _curves.Properties)
        {
            var curves = _curves.CreateCurves(property);
            if (curves.Count == 0 && !property.IsKnown)
            {
                Report(new FwParameterException(DescribeUnknown(property)), property.Name);
                continue;
            }
            if (hasWritten)
            {
                WriteObject("");
            }
            hasWritten = true;
            var chart = new TerminalChart
            {
                Title = ControlCharacters.MakeVisible(property.Name) + DescribeSmoothing(),
                Curves =
                [
                    .. curves.Select(curve => new Curve(
                        ControlCharacters.MakeVisible(curve.Name),
                        curve.Smooth(Smooth).Points
                    )),
                ],
                Width = Width > 0 ? Width : window.Width,
                Height = Height > 0 ? Height : height,
                Culture = CultureInfo.CurrentCulture,
            };
            WriteLines(chart);
        }
    }

    private void WriteLines(TerminalChart chart)
    {
        var plain = chart.Render(usesColor: false);
        if (!UsesColor())
        {
            WriteObject(plain, enumerateCollection: true);
            return;
        }
        foreach (var (line, colored) in plain.Zip(chart.Render(usesColor: true), (line, colored) => (line, colored)))
        {
            var text = new PSObject(line);
            text.TypeNames.Insert(0, LineTypeName);
            text.Properties.Add(new PSNoteProperty("Colored", colored));
            WriteObject(text);
        }
    }

    private string DescribeSmoothing() =>
        Smooth == 0 ? "" : $" · smoothed by {Smooth.ToString(CultureInfo.CurrentCulture)}";

    private string DescribeUnknown(MetricProperty property)
    {
        var others = string.Join(", ", _curves.ValueNames.OrderBy(name => name, StringComparer.Ordinal).Take(20));
        return $"No metric has a number named '{ControlCharacters.MakeVisible(property.Name)}'. Available are "
            + string.Join(", ", MetricProperty.Known.Select(known => known.Name))
            + (others.Length == 0 ? "." : $", and in Values {ControlCharacters.MakeVisible(others)}.");
    }

    private Size FindWindow()
    {
        try
        {
            if (Host?.UI?.RawUI?.WindowSize is { Width: > 20, Height: > 0 } window)
            {
                // A full last column makes some consoles insert an empty line.
                return new Size(window.Width - 1, window.Height);
            }
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException)
        {
            // A host without a window.
        }
        return new Size(DefaultWidth, 0);
    }

#if NET
    private bool UsesColor()
    {
#pragma warning disable RS0030 // Reads only. PowerShell does not remove escape sequences when its own output is a file.
        var isShown = !Console.IsOutputRedirected;
#pragma warning restore RS0030
        return string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && $"{FindOutputRendering()}" switch
            {
                "PlainText" => false,
                "Ansi" => true,
                _ => isShown,
            };
    }

    // PSStyle is missing in PowerShell Standard.
    private object? FindOutputRendering() =>
        SessionState.PSVariable.GetValue("PSStyle") is { } style
            ? PSObject.AsPSObject(style).Properties["OutputRendering"]?.Value
            : null;
#else
    // Windows PowerShell would write the escape sequences into files.
    private static bool UsesColor() => false;
#endif

    private readonly record struct Size(int Width, int Height);
}
