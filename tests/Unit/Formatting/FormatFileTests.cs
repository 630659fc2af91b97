using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fireworks.DpoJobs.Unit.House;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Formatting;

/// <summary>format.ps1xml matches the types that it shows.</summary>
public sealed class FormatFileTests
{
    private static readonly XDocument File = XDocument.Load(Path.Combine(Repository.Root, "format.ps1xml"));

    // The lines of a chart are strings with a type name of their own.
    private static readonly List<XElement> Views =
    [
        .. File.Descendants("View").Where(view => TypeOf(view) is not null),
    ];

    [Fact]
    public void The_views_are_those_of_jobs_pages_connections_metrics_and_one_for_all_parts_of_a_job()
    {
        Assert.Equal(
            [
                typeof(DpoJob),
                typeof(DpoJob),
                typeof(FwConnection),
                typeof(DpoJobPage),
                typeof(DpoJobMetric),
                typeof(ApiObject),
            ],
            Views.Select(TypeOf)
        );
        Assert.Distinct(Views.Select(view => view.Element("Name")!.Value));
    }

    [Fact]
    public void The_lines_of_a_chart_are_shown_in_color()
    {
        var view = Assert.Single(File.Descendants("View"), view => TypeOf(view) is null);

        Assert.Equal(
            ShowFwDpoJobMetricCommand.LineTypeName,
            view.Element("ViewSelectedBy")!.Element("TypeName")!.Value
        );
        Assert.Equal(["Colored"], view.Descendants("PropertyName").Select(name => name.Value));
    }

    [Fact]
    public void The_view_of_the_parts_shows_the_whole_outline()
    {
        var view = Views.Single(view => TypeOf(view) == typeof(ApiObject));

        Assert.Equal(["[Fireworks.DpoJobs.ViewOutline]::Format($_)"], ShownBy(view.Descendants("ListEntry").First()));
    }

    [Fact]
    public void The_entries_for_constrained_language_mode_call_no_method_and_show_what_the_others_show()
    {
        var entries = File.Descendants("EntrySelectedBy").Select(condition => condition.Parent!).ToList();

        Assert.Equal(
            [typeof(DpoJob), typeof(DpoJob), typeof(ApiObject)],
            entries.Select(entry => TypeOf(entry.Ancestors("View").Single()))
        );
        Assert.All(
            entries,
            entry =>
            {
                Assert.All(ShownBy(entry), text => Assert.DoesNotMatch(@"::|\.\w+\(", text));
                var full = entry.Parent!.Elements().First();
                Assert.Equal(
                    full.Descendants("Label").Select(label => label.Value),
                    entry.Descendants("Label").Select(label => label.Value)
                );
            }
        );
    }

    [Fact]
    public void The_list_of_a_job_shows_every_property_and_the_unknown_fields()
    {
        var list = Views.Single(view => TypeOf(view) == typeof(DpoJob) && view.Element("ListControl") is not null);
        var shown = ShownBy(list).ToList();
        // The state is shown through StateText.
        var fields = FieldsOf(typeof(DpoJob)).Except(["State"]);

        Assert.Contains("[Fireworks.DpoJobs.ViewFormatter]::FormatState($_.StateText)", shown);
        Assert.All(fields, field => Assert.Contains(shown, text => Names(text, field)));
    }

    [Fact]
    public void Four_columns_of_the_job_table_fit_80_characters_and_all_fit_120()
    {
        var table = Views.Single(view => TypeOf(view) == typeof(DpoJob) && view.Element("TableControl") is not null);
        var widths = table
            .Descendants("TableColumnHeader")
            .Select(header => int.Parse(header.Element("Width")!.Value, null))
            .ToList();

        Assert.Equal(
            ["Id", "DisplayName", "State", "Created", "Duration", "BaseModel", "Epochs"],
            table.Descendants("Label").Select(label => label.Value)
        );
        // One space between columns.
        Assert.InRange(widths.Take(4).Sum() + 3, 60, 80);
        Assert.InRange(widths.Sum() + widths.Count - 1, 100, 120);
    }

    [Fact]
    public void Every_table_has_as_many_cells_as_headers()
    {
        Assert.All(
            File.Descendants("TableRowEntry"),
            row =>
                Assert.Equal(
                    row.Ancestors("TableControl").Single().Descendants("TableColumnHeader").Count(),
                    row.Descendants("TableColumnItem").Count()
                )
        );
    }

    [Fact]
    public void Every_member_that_a_view_calls_is_public_and_static()
    {
        var calls = File.Descendants("ScriptBlock")
            .SelectMany(script => Regex.Matches(script.Value, @"\[([\w.]+)\]::(\w+)(\()?").Cast<Match>())
            .ToList();

        Assert.NotEmpty(calls);
        Assert.All(
            calls,
            call =>
            {
                var type = typeof(DpoJob).Assembly.GetType(call.Groups[1].Value) ?? Type.GetType(call.Groups[1].Value);
                Assert.True(type is { IsPublic: true }, call.Value);
                Assert.NotEmpty(
                    type.GetMember(
                        call.Groups[2].Value,
                        call.Groups[3].Success ? MemberTypes.Method : MemberTypes.Property,
                        BindingFlags.Public | BindingFlags.Static
                    )
                );
            }
        );
    }

    [Fact]
    public void Every_property_that_a_view_names_exists()
    {
        foreach (var view in Views)
        {
            var paths = view.Descendants("ScriptBlock")
                .SelectMany(script => Regex.Matches(script.Value, @"\$_((?:\.\w+)+)").Cast<Match>())
                .Select(match => match.Groups[1].Value[1..])
                .Concat(view.Descendants("PropertyName").Select(name => name.Value))
                .ToList();

            Assert.All(
                paths,
                path =>
                {
                    var type = TypeOf(view)!;
                    foreach (var name in path.Split('.'))
                    {
                        var property = new[] { type }
                            .Concat(type.GetInterfaces())
                            .Select(one => one.GetProperty(name))
                            .FirstOrDefault(one => one is not null);
                        Assert.True(property is not null, $"{TypeOf(view)} has no {path}.");
                        type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
                    }
                }
            );
        }
    }

    [Fact]
    public void Views_show_secrets_only_as_placeholders()
    {
        var places = File.Descendants()
            .Where(element => element.Name.LocalName is "ScriptBlock" or "PropertyName")
            // Conditions are not shown.
            .Where(element => element.Parent!.Name.LocalName != "ItemSelectionCondition")
            .Where(element => Regex.IsMatch(element.Value, @"\b(TrainerLogsSignedUrl|ApiKey)\b"))
            .Select(element => element.Value)
            .ToList();

        Assert.NotEmpty(places);
        Assert.All(
            places,
            place =>
                Assert.Matches(
                    @"^\[Fireworks\.DpoJobs\.ViewFormatter\]::FormatSecret\(\$_\.(TrainerLogsSignedUrl|ApiKey)\)$",
                    place
                )
        );
    }

    [Fact]
    public void Strings_are_shown_only_through_methods_that_make_control_characters_visible()
    {
        foreach (var view in Views)
        {
            var raw = view.Descendants()
                .Where(element => element.Parent?.Name.LocalName is "ListItem" or "TableColumnItem")
                .Where(element => element.Name.LocalName is "PropertyName" or "ScriptBlock")
                .Select(element =>
                    element.Value.StartsWith("$_.", StringComparison.Ordinal) ? element.Value[3..] : element.Value
                )
                .Where(path => Regex.IsMatch(path, @"^[\w.]+$"));

            Assert.All(
                raw,
                path =>
                {
                    var type = path.Split('.')
                        .Aggregate(
                            TypeOf(view)!,
                            (owner, name) =>
                                owner
                                    .GetInterfaces()
                                    .Append(owner)
                                    .Select(one => one.GetProperty(name))
                                    .First(one => one is not null)!
                                    .PropertyType
                        );
                    Assert.True(
                        (Nullable.GetUnderlyingType(type) ?? type).IsPrimitive,
                        $"{TypeOf(view)!.Name}.{path} is a {type.Name}."
                    );
                }
            );
        }
    }

    private static Type? TypeOf(XElement view) =>
        typeof(DpoJob).Assembly.GetType(view.Element("ViewSelectedBy")!.Element("TypeName")!.Value);

    // The cells and items of a view, without the conditions.
    private static IEnumerable<string> ShownBy(XElement view) =>
        view.Descendants()
            .Where(element => element.Parent?.Name.LocalName is "ListItem" or "TableColumnItem")
            .Where(element => element.Name.LocalName is "PropertyName" or "ScriptBlock")
            .Select(element => element.Value);

    private static IEnumerable<string> FieldsOf(Type type) =>
        type.GetProperties()
            .Where(property => property.GetCustomAttribute<ComputedFromAttribute>() is null)
            .Select(property =>
                property.Name == "AdditionalData"
                    ? "ViewOutline]::FormatAdditionalData($_.AdditionalData)"
                    : property.Name
            );

    private static bool Names(string text, string field) =>
        text == field
        || text.Contains(
            field.Contains('$', StringComparison.Ordinal) ? field : $"$_.{field}",
            StringComparison.Ordinal
        );
}
