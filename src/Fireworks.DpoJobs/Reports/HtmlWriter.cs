using System.Text;
using System.Xml;

namespace Fireworks.DpoJobs;

/// <summary>
/// Writes an HTML page that needs no other file and no network. All text is escaped. Only the style and the script of the page itself
/// can run: its Content-Security-Policy contains their hashes and allows nothing else.
/// </summary>
internal sealed class HtmlWriter : IDisposable
{
    private readonly XmlWriter _xml;

    public HtmlWriter(Stream stream) =>
        _xml = XmlWriter.Create(
            stream,
            new XmlWriterSettings
            {
                Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                OmitXmlDeclaration = true,
                NewLineHandling = NewLineHandling.None,
            }
        );

    public void Dispose() => _xml.Dispose();

    /// <summary>Writes a page.</summary>
    /// <param name="title">The title.</param>
    /// <param name="style">The style sheet.</param>
    /// <param name="script">The script.</param>
    /// <param name="writeBody">Writes the content of the body.</param>
    public void WritePage(string title, string style, string script, Action writeBody)
    {
        _xml.WriteDocType("html", null, null, null);
        using (Open("html", ("lang", "en")))
        {
            using (Open("head"))
            {
                WriteEmpty("meta", ("charset", "utf-8"));
                WriteEmpty(
                    "meta",
                    ("http-equiv", "Content-Security-Policy"),
                    (
                        "content",
                        $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'"
                    )
                );
                WriteEmpty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
                WriteEmpty("meta", ("name", "color-scheme"), ("content", "light dark"));
                WriteEmpty("meta", ("name", "referrer"), ("content", "no-referrer"));
                Write("title", title);
                WriteRaw("style", style);
            }
            using (Open("body"))
            {
                writeBody();
                WriteRaw("script", script);
            }
        }
    }

    /// <summary>Starts an element, which ends when the result is disposed.</summary>
    /// <param name="element">The name of the element.</param>
    /// <param name="attributes">The attributes. Those whose value is null are omitted.</param>
    public Element Open(string element, params (string Name, string? Value)[] attributes)
    {
        _xml.WriteStartElement(element);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                _xml.WriteAttributeString(name, ReportText.ToXml(value));
            }
        }
        return new Element(_xml);
    }

    /// <summary>Writes an element that contains only text.</summary>
    public void Write(string element, string text, params (string Name, string? Value)[] attributes)
    {
        using (Open(element, attributes))
        {
            Write(text);
        }
    }

    /// <summary>Writes text.</summary>
    public void Write(string text) => _xml.WriteString(ReportText.ToXml(text));

    /// <summary>Writes an element that has no content by definition, such as meta.</summary>
    public void WriteEmpty(string element, params (string Name, string? Value)[] attributes)
    {
        _xml.WriteStartElement(element);
        foreach (var (name, value) in attributes)
        {
            _xml.WriteAttributeString(name, value is null ? "" : ReportText.ToXml(value));
        }
        _xml.WriteEndElement();
    }

    // HTML does not unescape the content of these elements.
    private void WriteRaw(string element, string text)
    {
        _xml.WriteStartElement(element);
        _xml.WriteRaw(text);
        _xml.WriteFullEndElement();
    }

    private static string Hash(string text) => "sha256-" + Sha256.Hash(text);

    /// <summary>An element that was started. An empty element such as <c>&lt;td/&gt;</c> is invalid in HTML, so there is an end tag.</summary>
    internal readonly struct Element(XmlWriter xml) : IDisposable
    {
        public void Dispose() => xml.WriteFullEndElement();
    }
}
