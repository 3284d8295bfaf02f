using ScaleMs.Scripts.Tests.Cake;
using Xunit;

[assembly: AssemblyFixture(typeof(CakeCheckout))]
