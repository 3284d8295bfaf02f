using System.Text;
using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>Commands that tell secrets, in a test: each tells a stand-in.</summary>
internal sealed class StandInSecretCommands : ISecretCommands
{
    public SecretAnswer Run(SecretRequest request, CancellationToken cancellation) =>
        new(Encoding.UTF8.GetBytes($"value told by {string.Join(' ', request.Arguments.Prepend(request.Program))}\n"));
}
