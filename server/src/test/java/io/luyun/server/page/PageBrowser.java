package io.luyun.server.page;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window and without a graphics card, with a profile of its own. Also for tests of other modules. */
public final class PageBrowser implements AutoCloseable {
    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PACE = Duration.ofMillis(40);

    private final ChromeDriver driver;
    private final Path pictures;

    public PageBrowser(final Path profile, final int width, final int height) {
        final ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--lang=en-US",
                "--user-data-dir=" + profile,
                "--window-size=" + width + "," + height);
        final LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER)
                        .usingAnyFreePort()
                        .build(),
                options);
        // The window has a frame of its own; what is asked for is the size of the page.
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        pictures = Path.of("target", "page");
    }

    /** Without a browser there is nothing to test; where everything has to be tested, that is a failure. */
    public static void demand() {
        if (BROWSER.canExecute() && DRIVER.canExecute()) {
            return;
        }
        final String words =
                "no " + BROWSER + " and " + DRIVER + ": the page is not tested (Debian: chromium, chromium-driver)";
        System.out.println(words);
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(words);
        }
        Assumptions.abort(words);
    }

    public void open(final String address) {
        driver.get(address);
    }

    public WebElement find(final String selector) {
        return new WebDriverWait(driver, PATIENCE, PACE)
                .until(all -> all.findElements(By.cssSelector(selector)).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    public boolean has(final String selector) {
        return driver.findElements(By.cssSelector(selector)).stream().anyMatch(WebElement::isDisplayed);
    }

    public void click(final String selector) {
        find(selector);
        until("const one = document.querySelector(arguments[0]); if (one) one.click(); return one !== null", selector);
    }

    public Object run(final String script, final Object... values) {
        return driver.executeScript(script, values);
    }

    /** Waits until a script returns true. */
    public void until(final String script, final Object... values) {
        new WebDriverWait(driver, PATIENCE, PACE)
                .withMessage(script)
                .until(any -> Boolean.TRUE.equals(driver.executeScript(script, values)));
    }

    /** Imports a module of the page, as {@code module}, and returns what a function body makes of it and the values. */
    public Object module(final String path, final String body, final Object... values) {
        return driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1]; const values = arguments;"
                        + "const folder = document.querySelector('script[data-uplot]').src.replace(/js\\/main\\.js$/, '');"
                        + "import(folder + '" + path + "').then((module) => done((() => {" + body
                        + "})())).catch((error) => done('failed: ' + error))",
                values);
    }

    /** What the browser complains about: errors of scripts, refused loads, violated policies. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    public void picture(final String name) {
        try {
            Files.createDirectories(pictures);
            Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ChromeDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
