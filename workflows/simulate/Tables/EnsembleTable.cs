using ScaleMs;

namespace Simulate;

/// <summary>The table of all replicas.</summary>
public static class EnsembleTable
{
    /// <summary>The columns: temperatures in K, energies in kJ/mol, pressures in bar, lengths in nm, g(r) dimensionless.</summary>
    public const string Header = "replica,temp_K,seed,epot_mean,T_mean,T_sd,P_mean,rmsd_last_nm,rg_mean_nm,rdf_peak_r_nm,rdf_peak_g";

    /// <summary>Joins the rows under the header into <c>ensemble.csv</c>.</summary>
    /// <param name="files">The step's directory.</param>
    /// <param name="rows">The rows' files.</param>
    public static void Merge(StepFiles files, TableRows rows)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(rows);
        var lines = rows.Names.SelectMany(files.ReadLines).Prepend(Header);
        files.WriteText("ensemble.csv", string.Concat(lines.Select(line => line + "\n")));
    }
}

/// <summary>The rows' files in the order of the table.</summary>
/// <param name="Names">Their names in the step's directory.</param>
public sealed record TableRows(IReadOnlyList<string> Names);
