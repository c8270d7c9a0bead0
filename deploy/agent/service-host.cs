// The program that Windows starts as the service. It starts the agent with Node.js and ends with it; it knows nothing
// else. `tidegate-agent service install` has it compiled by the compiler that Windows brings along (C# 5), so that no
// program for Windows has to be shipped. What it starts stands beside it, in TidegateAgentHost.exe.config.txt.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.ServiceProcess;
using System.Text;

public sealed class TidegateAgentHost : ServiceBase
{
    // The agent takes 8 s to finish what is under way, its launcher waits 30 s for it.
    private const int StopMilliseconds = 45000;
    // Beyond this the log is put aside, and the one before it thrown away.
    private const long LogBytes = 10L * 1024 * 1024;

    private readonly object gate = new object();
    private Process agent;
    private StreamWriter log;
    private string logPath;
    private bool isStopping;

    public TidegateAgentHost()
    {
        ServiceName = "TidegateAgent";
        CanStop = true;
        CanShutdown = true;
        AutoLog = true;
    }

    public static void Main()
    {
        Run(new TidegateAgentHost());
    }

    protected override void OnStart(string[] args)
    {
        string own = typeof(TidegateAgentHost).Assembly.Location;
        string node = null;
        List<string> words = new List<string>();
        foreach (string line in File.ReadAllLines(own + ".config.txt", Encoding.UTF8))
        {
            if (line.StartsWith("node=", StringComparison.Ordinal)) node = line.Substring(5);
            else if (line.StartsWith("log=", StringComparison.Ordinal)) logPath = line.Substring(4);
            else if (line.StartsWith("arg=", StringComparison.Ordinal)) words.Add(Quote(line.Substring(4)));
        }
        if (node == null || logPath == null) throw new InvalidOperationException("The settings beside " + own + " are not complete.");
        OpenLog();

        ProcessStartInfo start = new ProcessStartInfo(node, string.Join(" ", words.ToArray()));
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        start.WorkingDirectory = Path.GetDirectoryName(own);
        start.EnvironmentVariables["NODE_ENV"] = "production";

        agent = new Process();
        agent.StartInfo = start;
        agent.EnableRaisingEvents = true;
        agent.OutputDataReceived += delegate(object sender, DataReceivedEventArgs line) { Write(line.Data); };
        agent.ErrorDataReceived += delegate(object sender, DataReceivedEventArgs line) { Write(line.Data); };
        agent.Exited += delegate { Ended(); };
        agent.Start();
        agent.BeginOutputReadLine();
        agent.BeginErrorReadLine();
    }

    protected override void OnStop()
    {
        isStopping = true;
        RequestAdditionalTime(StopMilliseconds + 5000);
        // The end of its standard input is how the agent hears that it is to finish; it hears the same if this program dies.
        try { agent.StandardInput.Close(); }
        catch (IOException) { }
        if (!agent.WaitForExit(StopMilliseconds)) agent.Kill();
        lock (gate) { log.Dispose(); }
    }

    protected override void OnShutdown()
    {
        OnStop();
    }

    // An agent that ended by itself: Windows is told of a failure, and starts the service again as it was set up to.
    private void Ended()
    {
        if (isStopping) return;
        ExitCode = agent.ExitCode == 0 ? 0 : 1067;
        Environment.Exit(agent.ExitCode == 0 ? 0 : 1067);
    }

    private void Write(string line)
    {
        if (line == null) return;
        lock (gate)
        {
            if (log.BaseStream.Length > LogBytes) { log.Dispose(); OpenLog(); }
            log.WriteLine(line);
        }
    }

    private void OpenLog()
    {
        string before = logPath + ".1";
        if (File.Exists(logPath) && new FileInfo(logPath).Length > LogBytes)
        {
            File.Delete(before);
            File.Move(logPath, before);
        }
        FileStream file = new FileStream(logPath, FileMode.Append, FileAccess.Write, FileShare.Read);
        log = new StreamWriter(file, new UTF8Encoding(false));
        log.AutoFlush = true;
    }

    // By the rules of CommandLineToArgvW: backslashes count only before a quotation mark.
    private static string Quote(string word)
    {
        StringBuilder quoted = new StringBuilder("\"");
        int slashes = 0;
        foreach (char c in word)
        {
            if (c == '\\') { slashes++; continue; }
            quoted.Append('\\', c == '"' ? slashes * 2 + 1 : slashes);
            slashes = 0;
            quoted.Append(c);
        }
        quoted.Append('\\', slashes * 2);
        return quoted.Append('"').ToString();
    }
}
