package io.levee.console;

import io.levee.engine.registry.Project;
import java.net.URI;
import java.util.List;

/**
 * A piece of code to paste.
 *
 * @param name of the language or client
 * @param install what to add to the project; empty when nothing
 * @param code sends the first error
 */
record Snippet(String name, String install, String code) {
  /** One for every client we know to work, the most used first. */
  static List<Snippet> all(String dsn, URI url, Project project, String key) {
    return List.of(
        browser(dsn),
        node(dsn),
        java(dsn),
        logback(dsn),
        python(dsn),
        dotnet(dsn),
        golang(dsn),
        php(dsn),
        ruby(dsn),
        curl(url, project, key));
  }

  private static Snippet browser(String dsn) {
    return new Snippet(
        "JavaScript",
        "npm install @sentry/browser",
        """
        import * as Sentry from "@sentry/browser";

        Sentry.init({ dsn: "%s" });

        Sentry.captureException(new Error("Hello, Levee"));
        """
            .formatted(dsn));
  }

  private static Snippet node(String dsn) {
    return new Snippet(
        "Node",
        "npm install @sentry/node",
        """
        const Sentry = require("@sentry/node");

        Sentry.init({ dsn: "%s" });

        Sentry.captureException(new Error("Hello, Levee"));
        """
            .formatted(dsn));
  }

  private static Snippet java(String dsn) {
    return new Snippet(
        "Java",
        "implementation(\"io.sentry:sentry:8.30.0\")",
        """
        Sentry.init(options -> options.setDsn("%s"));

        Sentry.captureException(new IllegalStateException("Hello, Levee"));
        """
            .formatted(dsn));
  }

  private static Snippet logback(String dsn) {
    return new Snippet(
        "logback",
        "implementation(\"io.sentry:sentry-logback:8.30.0\")",
        """
        <configuration>
          <appender name="LEVEE" class="io.sentry.logback.SentryAppender">
            <options>
              <dsn>%s</dsn>
            </options>
            <minimumEventLevel>ERROR</minimumEventLevel>
          </appender>
          <root level="INFO">
            <appender-ref ref="LEVEE"/>
          </root>
        </configuration>
        """
            .formatted(dsn));
  }

  private static Snippet python(String dsn) {
    return new Snippet(
        "Python",
        "pip install sentry-sdk",
        """
        import sentry_sdk

        sentry_sdk.init(dsn="%s")

        sentry_sdk.capture_exception(RuntimeError("Hello, Levee"))
        """
            .formatted(dsn));
  }

  private static Snippet dotnet(String dsn) {
    return new Snippet(
        ".NET",
        "dotnet add package Sentry",
        """
        using Sentry;

        using var sentry = SentrySdk.Init(options => options.Dsn = "%s");

        SentrySdk.CaptureException(new InvalidOperationException("Hello, Levee"));
        """
            .formatted(dsn));
  }

  private static Snippet golang(String dsn) {
    return new Snippet(
        "Go",
        "go get github.com/getsentry/sentry-go",
        """
        err := sentry.Init(sentry.ClientOptions{Dsn: "%s"})
        if err != nil {
            log.Fatal(err)
        }
        defer sentry.Flush(2 * time.Second)

        sentry.CaptureException(errors.New("Hello, Levee"))
        """
            .formatted(dsn));
  }

  private static Snippet php(String dsn) {
    return new Snippet(
        "PHP",
        "composer require sentry/sentry",
        """
        <?php
        require 'vendor/autoload.php';

        \\Sentry\\init(['dsn' => '%s']);

        \\Sentry\\captureException(new RuntimeException('Hello, Levee'));
        """
            .formatted(dsn));
  }

  private static Snippet ruby(String dsn) {
    return new Snippet(
        "Ruby",
        "gem install sentry-ruby",
        """
        require "sentry-ruby"

        Sentry.init { |config| config.dsn = "%s" }

        Sentry.capture_exception(RuntimeError.new("Hello, Levee"))
        """
            .formatted(dsn));
  }

  private static Snippet curl(URI url, Project project, String key) {
    return new Snippet(
        "curl",
        "",
        """
        curl -sS '%s://%s/api/%s/store/?sentry_key=%s' \\
          -H 'Content-Type: application/json' \\
          -d '{"message": "Hello, Levee", "level": "error"}'
        """
            .formatted(url.getScheme(), url.getRawAuthority(), project.id(), key));
  }
}
