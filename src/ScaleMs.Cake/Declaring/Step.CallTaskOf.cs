namespace ScaleMs;

/// <content>Steps that call an asynchronous static method with arguments of its own that returns a value.</content>
public sealed partial class Step
{
    /// <summary>Makes the step call an asynchronous static method that returns a value.</summary>
    /// <typeparam name="TResult">The type of the value; System.Text.Json writes it.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <returns>A handle to the value.</returns>
    public Result<TResult> Call<TResult>(Func<Task<TResult>> method) => Returning<TResult>(method);

    /// <summary>Makes the step call an asynchronous static method that returns a value, with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="TResult">The type of the value; System.Text.Json writes it.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <returns>A handle to the value.</returns>
    public Result<TResult> Call<T1, TResult>(Func<T1, Task<TResult>> method, T1 first) => Returning<TResult>(method, first);

    /// <summary>Makes the step call an asynchronous static method that returns a value, with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T2">The type of the second parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="TResult">The type of the value; System.Text.Json writes it.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <returns>A handle to the value.</returns>
    public Result<TResult> Call<T1, T2, TResult>(Func<T1, T2, Task<TResult>> method, T1 first, T2 second) => Returning<TResult>(method, first, second);

    /// <summary>Makes the step call an asynchronous static method that returns a value, with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T2">The type of the second parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T3">The type of the third parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="TResult">The type of the value; System.Text.Json writes it.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    /// <returns>A handle to the value.</returns>
    public Result<TResult> Call<T1, T2, T3, TResult>(Func<T1, T2, T3, Task<TResult>> method, T1 first, T2 second, T3 third) => Returning<TResult>(method, first, second, third);

    /// <summary>Makes the step call an asynchronous static method that returns a value, with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T2">The type of the second parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T3">The type of the third parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="TResult">The type of the value; System.Text.Json writes it.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    /// <param name="fourth">The fourth argument.</param>
    /// <returns>A handle to the value.</returns>
    public Result<TResult> Call<T1, T2, T3, T4, TResult>(Func<T1, T2, T3, T4, Task<TResult>> method, T1 first, T2 second, T3 third, T4 fourth) => Returning<TResult>(method, first, second, third, fourth);

    /// <summary>Makes the step call an asynchronous static method that returns a value, with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T2">The type of the second parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T3">The type of the third parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="TResult">The type of the value; System.Text.Json writes it.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    /// <param name="fourth">The fourth argument.</param>
    /// <param name="fifth">The fifth argument.</param>
    /// <returns>A handle to the value.</returns>
    public Result<TResult> Call<T1, T2, T3, T4, T5, TResult>(Func<T1, T2, T3, T4, T5, Task<TResult>> method, T1 first, T2 second, T3 third, T4 fourth, T5 fifth) => Returning<TResult>(method, first, second, third, fourth, fifth);

    /// <summary>Makes the step call an asynchronous static method that returns a value, with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T2">The type of the second parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T3">The type of the third parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T6">The type of the sixth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="TResult">The type of the value; System.Text.Json writes it.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    /// <param name="fourth">The fourth argument.</param>
    /// <param name="fifth">The fifth argument.</param>
    /// <param name="sixth">The sixth argument.</param>
    /// <returns>A handle to the value.</returns>
    public Result<TResult> Call<T1, T2, T3, T4, T5, T6, TResult>(Func<T1, T2, T3, T4, T5, T6, Task<TResult>> method, T1 first, T2 second, T3 third, T4 fourth, T5 fifth, T6 sixth) => Returning<TResult>(method, first, second, third, fourth, fifth, sixth);
}
