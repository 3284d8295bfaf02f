namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>Where clients and workers leave bytes for each other, by digest. What comes out of it is checked, whoever put it there.</summary>
internal interface IBlobPlace
{
    /// <summary>Whether it holds a blob of this digest and length.</summary>
    /// <param name="digest">SHA-256, 64 hexadecimal digits.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<bool> HasAsync(string digest, long bytes, CancellationToken cancellation);

    /// <summary>Puts a file, unless it is there.</summary>
    /// <exception cref="BlobException">The file is no longer what its digest says, or the place does not take it.</exception>
    Task PutAsync(string digest, long bytes, string file, CancellationToken cancellation);

    /// <summary>Brings a blob into a new file, checked.</summary>
    /// <exception cref="BlobException">It is not there, or is not what its digest says.</exception>
    Task GetAsync(string digest, long bytes, string file, CancellationToken cancellation);

    /// <summary>Tries whether it takes bytes; leaves nothing there.</summary>
    /// <param name="name">A name that no blob has.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="BlobException">It does not.</exception>
    Task ProveAsync(string name, CancellationToken cancellation);
}
