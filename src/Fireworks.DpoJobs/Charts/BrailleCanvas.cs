using System.Text;

namespace Fireworks.DpoJobs;

/// <summary>
/// Draws lines with braille patterns, each of which has two by four dots. A cell belongs to the curve that was drawn last.
/// </summary>
internal sealed class BrailleCanvas(int columns, int rows)
{
    /// <summary>The dots in a row of cells, and in a column of cells.</summary>
    public const int DotsAcross = 2;

    /// <inheritdoc cref="DotsAcross"/>
    public const int DotsDown = 4;

    private const char Blank = '\u2800';

    // The bits of a braille pattern, by the row and the column of a dot.
    private static readonly byte[] Bits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    private readonly char[] _cells = Enumerable.Repeat(Blank, columns * rows).ToArray();
    private readonly int[] _owners = Enumerable.Repeat(-1, columns * rows).ToArray();

    public int Columns { get; } = columns;

    public int Rows { get; } = rows;

    /// <summary>The width in dots.</summary>
    public int Width => Columns * DotsAcross;

    /// <summary>The height in dots.</summary>
    public int Height => Rows * DotsDown;

    /// <summary>Draws a dot. Ignores one outside of the canvas.</summary>
    /// <param name="x">The dot from the left, from 0.</param>
    /// <param name="y">The dot from the top, from 0.</param>
    /// <param name="owner">The curve.</param>
    public void DrawDot(int x, int y, int owner)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height)
        {
            return;
        }
        var cell = (y / DotsDown * Columns) + (x / DotsAcross);
        _cells[cell] |= (char)Bits[(y % DotsDown * DotsAcross) + (x % DotsAcross)];
        _owners[cell] = owner;
    }

    /// <summary>Draws a straight line (Bresenham).</summary>
    public void DrawLine(int x1, int y1, int x2, int y2, int owner)
    {
        var (width, height) = (Math.Abs(x2 - x1), -Math.Abs(y2 - y1));
        var (stepX, stepY) = (x1 < x2 ? 1 : -1, y1 < y2 ? 1 : -1);
        var error = width + height;
        while (true)
        {
            DrawDot(x1, y1, owner);
            if (x1 == x2 && y1 == y2)
            {
                return;
            }
            var doubled = 2 * error;
            if (doubled >= height)
            {
                error += height;
                x1 += stepX;
            }
            if (doubled <= width)
            {
                error += width;
                y1 += stepY;
            }
        }
    }

    /// <summary>The topmost row in a column that a curve owns. Null when there is none.</summary>
    public int? FindRow(int column, int owner)
    {
        for (var row = 0; row < Rows; row++)
        {
            if (_owners[(row * Columns) + column] == owner)
            {
                return row;
            }
        }
        return null;
    }

    /// <summary>Replaces a cell by a letter. False when the cell already has one.</summary>
    public bool DrawLetter(int column, int row, char letter, int owner)
    {
        var cell = (row * Columns) + column;
        if (_cells[cell] < Blank)
        {
            return false;
        }
        _cells[cell] = letter;
        _owners[cell] = owner;
        return true;
    }

    /// <summary>A row as text without blanks at its end.</summary>
    /// <param name="row">The row from the top, from 0.</param>
    /// <param name="paint">Colors the text of a curve.</param>
    public string Render(int row, Func<int, string, string> paint)
    {
        var text = new StringBuilder();
        var end = Columns;
        while (end > 0 && _cells[(row * Columns) + end - 1] == Blank)
        {
            end--;
        }
        for (var start = 0; start < end; )
        {
            var owner = _owners[(row * Columns) + start];
            var length = 1;
            while (start + length < end && _owners[(row * Columns) + start + length] == owner)
            {
                length++;
            }
            var cells = new string(_cells, (row * Columns) + start, length);
            text.Append(owner < 0 ? cells.Replace(Blank, ' ') : paint(owner, cells));
            start += length;
        }
        return text.ToString();
    }
}
