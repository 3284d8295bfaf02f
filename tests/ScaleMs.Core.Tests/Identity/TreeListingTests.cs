using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using Xunit;

namespace ScaleMs.Core.Tests.Identity;

public sealed class TreeListingTests
{
    private static readonly TreeEntry A = TreeEntry.OfFile("a", Digest.OfText("1"), isExecutable: false);
    private static readonly TreeEntry B = TreeEntry.OfFile("B/b c", Digest.OfText("2"), isExecutable: true);
    private static readonly TreeEntry Link = new(TreeEntryKind.Link, "latest", "a");
    private static readonly TreeEntry Empty = new(TreeEntryKind.EmptyFolder, "empty", string.Empty);

    /// <summary>Frozen: its digest is the identity of directories in recorded keys.</summary>
    [Fact]
    public void Listing_AsText_IsWhatRecordsHold() => Assert.Equal(
        "scalems.tree/1\nprogram\tsha256:d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35\tB/b c\n"
        + "file\tsha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b\ta\nfolder\t\tempty\nlink\ta\tlatest\n",
        TreeListing.Of([Link, A, Empty, B]).Write());

    [Fact]
    public void Listing_ReadBack_IsTheSame()
    {
        var listing = TreeListing.Of([A, B, Link, Empty]);
        Assert.Equal(listing.Entries, TreeListing.Read(listing.Write()).Entries);
        Assert.Empty(TreeListing.Read(TreeListing.Of([]).Write()).Entries);
    }

    [Fact]
    public void Listing_InAnotherOrder_IsTheSame() => Assert.Equal(TreeListing.Of([A, B, Link]).Write(), TreeListing.Of([Link, B, A]).Write());

    [Fact]
    public void Listing_OfAnythingElse_Differs()
    {
        var texts = new[]
        {
            TreeListing.Of([A]), TreeListing.Of([A with { Path = "b" }]), TreeListing.Of([A with { Kind = TreeEntryKind.Program }]), TreeListing.Of([TreeEntry.OfFile("a", Digest.OfText("2"), false)]),
            TreeListing.Of([A, Empty]), TreeListing.Of([A, Link]), TreeListing.Of([A, Link with { Content = "./a" }]), TreeListing.Of([]),
        };
        Assert.Equal(texts.Length, texts.Select(listing => listing.Write()).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("scalems.tree/2\n")]
    [InlineData("scalems.tree/1\nfile\tx")]
    [InlineData("scalems.tree/1\nfile\tx\n")]
    [InlineData("scalems.tree/1\nfifo\t\tx\n")]
    [InlineData("scalems.tree/1\nfolder\t\t../x\n")]
    [InlineData("scalems.tree/1\nlink\ta\t/x\n")]
    public void Text_ThatIsNoListing_IsRefused(string text) => Assert.Throws<FormatException>(() => TreeListing.Read(text));

    [Theory]
    [InlineData("a b", null)]
    [InlineData("a\nb", "whose name holds a control character")]
    [InlineData("a\ufffd", "whose name is not UTF-8")]
    public void Name_ThatNoListingCanHold_IsToldWhy(string name, string? why) => Assert.Equal(why, TreeListing.ProblemOf(name));
}
