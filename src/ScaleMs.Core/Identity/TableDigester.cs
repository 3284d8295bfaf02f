using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Identity;

/// <summary>One pass over a delimited table: bytes of the columns that count go on, those of the others do not.</summary>
internal sealed class TableDigester(byte delimiter, IReadOnlySet<string> without) : IContentDigester, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly ArrayBufferWriter<byte> _name = new();
    private readonly List<bool> _counts = [];
    private Place _place = Place.FieldStart;
    private int _column;
    private int _keptFields;
    private bool _isNames = true;
    private bool _isReturnHeld;

    private enum Place
    {
        FieldStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }

    private bool IsRecordBegun => _column > 0 || _place != Place.FieldStart || _isReturnHeld;

    private bool Counts => _column >= _counts.Count || _counts[_column];

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            Take(one);
            if (_kept.WrittenCount >= 8192)
            {
                Pass();
            }
        }
    }

    public Digest Finish()
    {
        if (IsRecordBegun)
        {
            EndRecord();
        }

        Pass();
        return new Digest(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Take(byte one)
    {
        if (_isReturnHeld && one != '\n')
        {
            _isReturnHeld = false;
            TakeInField((byte)'\r');
        }

        if (_place == Place.Quoted)
        {
            TakeInField(one);
        }
        else if (one == '\n')
        {
            EndRecord();
        }
        else if (one == '\r')
        {
            _isReturnHeld = true;
        }
        else if (one == delimiter)
        {
            EndField();
        }
        else
        {
            TakeInField(one);
        }
    }

    private void TakeInField(byte one)
    {
        if (_place == Place.FieldStart)
        {
            BeginField();
        }

        _place = one == '"' ? AfterQuote() : _place == Place.Quoted ? Place.Quoted : Place.Plain;
        Keep(one);
    }

    private Place AfterQuote() => _place switch
    {
        Place.FieldStart or Place.QuoteInQuoted => Place.Quoted,
        Place.Quoted => Place.QuoteInQuoted,
        _ => Place.Plain,
    };

    private void BeginField()
    {
        if (!_isNames && Counts)
        {
            Separate();
        }
    }

    private void Keep(byte one)
    {
        if (_isNames)
        {
            Write(_name, one);
        }
        else if (Counts)
        {
            Write(_kept, one);
        }
    }

    private void EndField()
    {
        if (_isNames)
        {
            EndName();
        }
        else if (_place == Place.FieldStart && Counts)
        {
            Separate();
        }

        _column++;
        _place = Place.FieldStart;
    }

    private void EndName()
    {
        _counts.Add(!without.Contains(Encoding.UTF8.GetString(_name.WrittenSpan).TrimStart('\uFEFF').Trim().Trim('"').Trim()));
        if (_counts[^1])
        {
            Separate();
            _kept.Write(_name.WrittenSpan);
        }

        _name.ResetWrittenCount();
    }

    private void EndRecord()
    {
        EndField();
        Write(_kept, (byte)'\n');
        _isReturnHeld = false;
        _isNames = false;
        _column = 0;
        _keptFields = 0;
    }

    private void Separate()
    {
        if (_keptFields++ > 0)
        {
            Write(_kept, delimiter);
        }
    }

    private void Pass()
    {
        _hash.AppendData(_kept.WrittenSpan);
        _kept.ResetWrittenCount();
    }

    private static void Write(ArrayBufferWriter<byte> writer, byte one)
    {
        writer.GetSpan(1)[0] = one;
        writer.Advance(1);
    }
}
