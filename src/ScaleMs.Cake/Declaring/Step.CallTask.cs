namespace ScaleMs;

/// <content>Steps that call an asynchronous static method with arguments of its own: values and files.</content>
public sealed partial class Step
{
    /// <summary>Makes the step call an asynchronous static method.</summary>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <returns>This step.</returns>
    public Step Call(Func<Task> method) => With(method);

    /// <summary>Makes the step call an asynchronous static method with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <returns>This step.</returns>
    public Step Call<T1>(Func<T1, Task> method, T1 first) => With(method, first);

    /// <summary>Makes the step call an asynchronous static method with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T2">The type of the second parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <returns>This step.</returns>
    public Step Call<T1, T2>(Func<T1, T2, Task> method, T1 first, T2 second) => With(method, first, second);

    /// <summary>Makes the step call an asynchronous static method with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T2">The type of the second parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T3">The type of the third parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    /// <returns>This step.</returns>
    public Step Call<T1, T2, T3>(Func<T1, T2, T3, Task> method, T1 first, T2 second, T3 third) => With(method, first, second, third);

    /// <summary>Makes the step call an asynchronous static method with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T2">The type of the second parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T3">The type of the third parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    /// <param name="fourth">The fourth argument.</param>
    /// <returns>This step.</returns>
    public Step Call<T1, T2, T3, T4>(Func<T1, T2, T3, T4, Task> method, T1 first, T2 second, T3 third, T4 fourth) => With(method, first, second, third, fourth);

    /// <summary>Makes the step call an asynchronous static method with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T2">The type of the second parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T3">The type of the third parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    /// <param name="fourth">The fourth argument.</param>
    /// <param name="fifth">The fifth argument.</param>
    /// <returns>This step.</returns>
    public Step Call<T1, T2, T3, T4, T5>(Func<T1, T2, T3, T4, T5, Task> method, T1 first, T2 second, T3 third, T4 fourth, T5 fifth) => With(method, first, second, third, fourth, fifth);

    /// <summary>Makes the step call an asynchronous static method with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="T1">The type of the first parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T2">The type of the second parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T3">The type of the third parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T4">The type of the fourth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T5">The type of the fifth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <typeparam name="T6">The type of the sixth parameter; System.Text.Json writes it and reads it back.</typeparam>
    /// <param name="method">The method; the step is done when its task is.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    /// <param name="fourth">The fourth argument.</param>
    /// <param name="fifth">The fifth argument.</param>
    /// <param name="sixth">The sixth argument.</param>
    /// <returns>This step.</returns>
    public Step Call<T1, T2, T3, T4, T5, T6>(Func<T1, T2, T3, T4, T5, T6, Task> method, T1 first, T2 second, T3 third, T4 fourth, T5 fifth, T6 sixth) => With(method, first, second, third, fourth, fifth, sixth);
}
