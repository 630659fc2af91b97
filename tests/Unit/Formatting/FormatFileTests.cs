using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fireworks.DpoJobs.Unit.House;
using Fireworks.DpoJobs.Unit.Models;
using Xunit;

namespace Fireworks.DpoJobs.Unit.Formatting;

/// <summary>format.ps1xml against the types that it shows.</summary>
public sealed class FormatFileTests
{
    private const string WholePart = "[Fireworks.DpoJobs.Outline]::Of($_)";

    private static readonly XDocument File = XDocument.Load(Path.Combine(Repository.Root, "format.ps1xml"));

    private static readonly List<XElement> Views = [.. File.Descendants("View")];

    [Fact]
    public void Every_view_is_of_a_type_that_exists_and_has_a_name_of_its_own()
    {
        Assert.All(Views, view => Assert.Contains(TypeOf(view), ModelTypes.All.Append(typeof(FwConnection))));
        Assert.Distinct(Views.Select(view => view.Element("Name")!.Value));
    }

    [Fact]
    public void Every_object_that_has_fields_has_a_view_and_a_job_has_two()
    {
        var withFields = ModelTypes.All.Where(type =>
            type.GetProperties().Any(property => property.DeclaringType == type)
        );

        Assert.Equal(
            withFields.Append(typeof(DpoJob)).Append(typeof(FwConnection)).Select(type => type.Name).Order(),
            Views.Select(view => TypeOf(view)!.Name).Order()
        );
    }

    [Fact]
    public void The_view_of_a_part_shows_each_of_its_fields_and_what_is_unknown()
    {
        foreach (var view in Views.Where(view => ModelTypes.Parts.Contains(TypeOf(view))))
        {
            var shown = ShownBy(view).ToList();
            if (!shown.Contains(WholePart))
            {
                Assert.All(FieldsOf(TypeOf(view)!), field => Assert.Contains(shown, text => Names(text, field)));
            }
        }
    }

    [Fact]
    public void The_list_of_a_job_shows_each_of_its_fields_and_what_is_unknown()
    {
        var list = Views.Single(view => TypeOf(view) == typeof(DpoJob) && view.Element("ListControl") is not null);
        var shown = ShownBy(list).ToList();
        // The state is shown by the job as a whole.
        var fields = FieldsOf(typeof(DpoJob)).Except(["State"]);

        Assert.Contains("[Fireworks.DpoJobs.JobStateText]::Colored($_.StateText)", shown);
        Assert.All(fields, field => Assert.Contains(shown, text => Names(text, field)));
    }

    [Fact]
    public void The_table_of_jobs_fits_80_characters_with_four_columns_and_120_with_all()
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
        // One blank between columns.
        Assert.InRange(widths.Take(4).Sum() + 3, 60, 80);
        Assert.InRange(widths.Sum() + widths.Count - 1, 100, 120);
    }

    [Fact]
    public void Every_table_has_as_many_cells_as_heads()
    {
        Assert.All(
            File.Descendants("TableControl"),
            table =>
                Assert.Equal(
                    table.Descendants("TableColumnHeader").Count(),
                    table.Descendants("TableColumnItem").Count()
                )
        );
    }

    [Fact]
    public void Every_method_that_a_view_calls_is_public_and_takes_that_many_values()
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
    public void Every_property_that_a_view_names_is_there()
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
    public void No_view_names_a_secret_except_to_show_its_stand_in()
    {
        var places = File.Descendants()
            .Where(element => element.Name.LocalName is "ScriptBlock" or "PropertyName")
            // A condition shows nothing.
            .Where(element => element.Parent!.Name.LocalName != "ItemSelectionCondition")
            .Where(element => Regex.IsMatch(element.Value, @"\b(TrainerLogsSignedUrl|ApiKey)\b"))
            .Select(element => element.Value)
            .ToList();

        Assert.NotEmpty(places);
        Assert.All(
            places,
            place =>
                Assert.Matches(
                    @"^\[Fireworks\.DpoJobs\.Outline\]::Secret\(\$_\.(TrainerLogsSignedUrl|ApiKey)\)$",
                    place
                )
        );
    }

    [Fact]
    public void Text_is_shown_through_a_method_that_makes_control_characters_visible_and_never_as_it_is()
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

    // What stands in the cells and items of a view, without the conditions.
    private static IEnumerable<string> ShownBy(XElement view) =>
        view.Descendants()
            .Where(element => element.Parent?.Name.LocalName is "ListItem" or "TableColumnItem")
            .Where(element => element.Name.LocalName is "PropertyName" or "ScriptBlock")
            .Select(element => element.Value);

    private static IEnumerable<string> FieldsOf(Type type) =>
        type.GetProperties()
            .Where(property => property.GetCustomAttribute<ComputedFromAttribute>() is null)
            .Select(property => property.Name == "AdditionalData" ? "Outline]::OfAdditionalData($_)" : property.Name);

    private static bool Names(string text, string field) =>
        text == field
        || text.Contains(
            field.Contains('$', StringComparison.Ordinal) ? field : $"$_.{field}",
            StringComparison.Ordinal
        );
}
