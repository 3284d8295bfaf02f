namespace ScaleMs.Store.Archives;

/// <summary>Ends the reading of an archive that is not as its format says.</summary>
internal static class Damage
{
    public static void When(bool isDamaged)
    {
        if (isDamaged)
        {
            throw new InvalidDataException("The archive is damaged, or of a kind that is not read.");
        }
    }
}
