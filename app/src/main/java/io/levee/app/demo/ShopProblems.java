package io.levee.app.demo;

import static io.levee.app.demo.Problem.Rhythm.BROKEN;
import static io.levee.app.demo.Problem.Rhythm.NIGHTLY;
import static io.levee.app.demo.Problem.Rhythm.OUTAGE;
import static io.levee.app.demo.Problem.Rhythm.SCAN;
import static io.levee.app.demo.Problem.Rhythm.STEADY;
import static io.levee.app.demo.Problem.Rhythm.WORSENED;

import io.levee.app.demo.Problem.Rhythm;
import java.util.List;
import java.util.Map;

/** What goes wrong in the shop's Java backend. */
final class ShopProblems {
  private static final String MVC =
      """
      org.springframework.web.method.support.InvocableHandlerMethod.doInvoke(InvocableHandlerMethod.java:258)
      org.springframework.web.method.support.InvocableHandlerMethod.invokeForRequest(InvocableHandlerMethod.java:191)
      org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod.invokeAndHandle(ServletInvocableHandlerMethod.java:118)
      org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter.handleInternal(RequestMappingHandlerAdapter.java:891)
      org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1089)
      org.springframework.web.servlet.DispatcherServlet.doService(DispatcherServlet.java:979)
      org.springframework.web.servlet.FrameworkServlet.processRequest(FrameworkServlet.java:1014)
      jakarta.servlet.http.HttpServlet.service(HttpServlet.java:658)
      org.apache.catalina.core.ApplicationFilterChain.internalDoFilter(ApplicationFilterChain.java:195)
      org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:140)
      org.springframework.security.web.FilterChainProxy.doFilterInternal(FilterChainProxy.java:231)
      org.apache.catalina.core.StandardWrapperValve.invoke(StandardWrapperValve.java:167)
      org.apache.catalina.connector.CoyoteAdapter.service(CoyoteAdapter.java:344)
      org.apache.coyote.http11.Http11Processor.service(Http11Processor.java:391)
      org.apache.tomcat.util.net.SocketProcessorBase.run(SocketProcessorBase.java:52)
      java.lang.VirtualThread.run(VirtualThread.java:329)
      """;

  private static final String SCHEDULED =
      """
      org.springframework.scheduling.support.ScheduledMethodRunnable.run(ScheduledMethodRunnable.java:130)
      org.springframework.scheduling.support.DelegatingErrorHandlingRunnable.run(DelegatingErrorHandlingRunnable.java:54)
      java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask.run(ScheduledThreadPoolExecutor.java:304)
      java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)
      java.lang.Thread.run(Thread.java:1583)
      """;

  private static final String HIKARI =
      """
      com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:686)
      com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:179)
      com.zaxxer.hikari.HikariDataSource.getConnection(HikariDataSource.java:99)
      org.springframework.jdbc.datasource.DataSourceUtils.fetchConnection(DataSourceUtils.java:160)
      org.springframework.jdbc.core.JdbcTemplate.execute(JdbcTemplate.java:653)
      """;

  private static final String HTTP_CLIENT =
      """
      java.net.http.HttpClient.send(HttpClient.java:962)
      org.springframework.http.client.JdkClientHttpRequest.executeInternal(JdkClientHttpRequest.java:110)
      org.springframework.web.client.DefaultRestClient.exchangeInternal(DefaultRestClient.java:571)
      """;

  private static final StackText STACKS =
      new StackText(
          Map.of("mvc", MVC, "scheduled", SCHEDULED, "hikari", HIKARI, "http", HTTP_CLIENT));

  private ShopProblems() {}

  private static Problem problem(String transaction, Rhythm rhythm, int perWeek, String stack) {
    return new Problem(transaction, rhythm, perWeek, STACKS.read(stack));
  }

  static List<Problem> all() {
    return List.of(
        problem(
            "POST /checkout",
            WORSENED,
            160,
            """
            com.fernweh.shop.checkout.PaymentFailedException: Payment of order {order} failed
              + com.fernweh.shop.checkout.PaymentService.charge(PaymentService.java:88)
              + com.fernweh.shop.checkout.CheckoutService.placeOrder(CheckoutService.java:142)
              + com.fernweh.shop.checkout.CheckoutController.submit(CheckoutController.java:61)
              @mvc
            Caused by: java.net.http.HttpTimeoutException: request timed out
              @http
              + com.fernweh.shop.payment.PaygateClient.authorise(PaygateClient.java:57)
              + com.fernweh.shop.checkout.PaymentService.charge(PaymentService.java:83)
            """),
        problem(
            "POST /checkout",
            OUTAGE,
            420,
            """
            com.fernweh.shop.checkout.PaymentFailedException: Paygate refused the connection for order {order}
              + com.fernweh.shop.checkout.PaymentService.openSession(PaymentService.java:41)
              + com.fernweh.shop.checkout.CheckoutService.begin(CheckoutService.java:97)
              + com.fernweh.shop.checkout.CheckoutController.begin(CheckoutController.java:38)
              @mvc
            Caused by: java.net.ConnectException: Connection refused: api.paygate.example/{ip}:443
              @http
              + com.fernweh.shop.payment.PaygateClient.session(PaygateClient.java:34)
              + com.fernweh.shop.checkout.PaymentService.openSession(PaymentService.java:39)
            """),
        problem(
            "GET /cart",
            BROKEN,
            260,
            """
            java.lang.NullPointerException: Cannot invoke "com.fernweh.shop.pricing.Voucher.percent()" because the return value of "com.fernweh.shop.cart.Cart.voucher()" is null
              + com.fernweh.shop.pricing.VoucherPricing.apply(VoucherPricing.java:29)
              + com.fernweh.shop.pricing.PriceCalculator.total(PriceCalculator.java:74)
              + com.fernweh.shop.cart.CartService.summary(CartService.java:118)
              + com.fernweh.shop.cart.CartController.show(CartController.java:45)
              @mvc
            """),
        problem(
            "POST /vouchers/redeem",
            BROKEN,
            70,
            """
            java.lang.IllegalArgumentException: No enum constant com.fernweh.shop.pricing.VoucherKind.{voucher}
              java.lang.Enum.valueOf(Enum.java:293)
              + com.fernweh.shop.pricing.VoucherKind.valueOf(VoucherKind.java:3)
              + com.fernweh.shop.pricing.VoucherService.redeem(VoucherService.java:52)
              + com.fernweh.shop.pricing.VoucherController.redeem(VoucherController.java:33)
              @mvc
            """),
        problem(
            "nightly-stock-import",
            NIGHTLY,
            210,
            """
            org.springframework.jdbc.CannotGetJdbcConnectionException: Failed to obtain JDBC Connection
              @hikari
              + com.fernweh.shop.stock.StockRepository.upsert(StockRepository.java:66)
              + com.fernweh.shop.stock.StockImport.importLine(StockImport.java:91)
              + com.fernweh.shop.stock.StockImport.run(StockImport.java:48)
              @scheduled
            Caused by: java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after {timeout}ms (total=20, active=20, idle=0, waiting={n})
              @hikari
            """),
        problem(
            "nightly-price-export",
            NIGHTLY,
            64,
            """
            java.lang.OutOfMemoryError: Java heap space
              java.util.Arrays.copyOf(Arrays.java:3537)
              java.io.ByteArrayOutputStream.ensureCapacity(ByteArrayOutputStream.java:100)
              + com.fernweh.shop.export.PriceList.toCsv(PriceList.java:77)
              + com.fernweh.shop.export.PriceExport.run(PriceExport.java:41)
              @scheduled
            """),
        problem(
            "GET /products/{sku}",
            STEADY,
            190,
            """
            com.fernweh.shop.catalog.ProductNotFoundException: No product with sku {sku}
              + com.fernweh.shop.catalog.ProductRepository.require(ProductRepository.java:58)
              + com.fernweh.shop.catalog.ProductService.details(ProductService.java:33)
              + com.fernweh.shop.catalog.ProductController.show(ProductController.java:29)
              @mvc
            """),
        problem(
            "POST /checkout",
            STEADY,
            120,
            """
            org.springframework.dao.OptimisticLockingFailureException: Row was updated or deleted by another transaction: [com.fernweh.shop.stock.StockItem#{n}]
              org.springframework.orm.jpa.vendor.HibernateJpaDialect.convertHibernateAccessException(HibernateJpaDialect.java:291)
              org.springframework.transaction.interceptor.TransactionInterceptor.invoke(TransactionInterceptor.java:119)
              + com.fernweh.shop.stock.StockService.reserve(StockService.java:71)
              + com.fernweh.shop.checkout.CheckoutService.placeOrder(CheckoutService.java:128)
              + com.fernweh.shop.checkout.CheckoutController.submit(CheckoutController.java:61)
              @mvc
            """),
        problem(
            "POST /account/login",
            STEADY,
            90,
            """
            com.fernweh.shop.account.LoginThrottledException: Too many attempts for {email}, locked for {n} minutes
              + com.fernweh.shop.account.LoginGuard.check(LoginGuard.java:44)
              + com.fernweh.shop.account.LoginService.login(LoginService.java:57)
              + com.fernweh.shop.account.LoginController.login(LoginController.java:35)
              @mvc
            """),
        problem(
            "GET /{path}",
            SCAN,
            240,
            """
            org.springframework.web.servlet.resource.NoResourceFoundException: No static resource {probe}.
              org.springframework.web.servlet.resource.ResourceHttpRequestHandler.handleRequest(ResourceHttpRequestHandler.java:585)
              org.springframework.web.servlet.mvc.HttpRequestHandlerAdapter.handle(HttpRequestHandlerAdapter.java:52)
              @mvc
            """),
        problem(
            "POST /newsletter",
            STEADY,
            45,
            """
            org.springframework.mail.MailSendException: Mail server connection failed for {email}
              org.springframework.mail.javamail.JavaMailSenderImpl.doSend(JavaMailSenderImpl.java:402)
              + com.fernweh.shop.mail.Postman.send(Postman.java:39)
              + com.fernweh.shop.newsletter.NewsletterService.confirm(NewsletterService.java:48)
              @mvc
            Caused by: jakarta.mail.MessagingException: Could not connect to SMTP host: mail.fernweh.example, port: 587
              + com.fernweh.shop.mail.Postman.send(Postman.java:36)
            """),
        problem(
            "GET /search",
            WORSENED,
            110,
            """
            com.fernweh.shop.search.SearchUnavailableException: Search answered {status} after {ms} ms
              + com.fernweh.shop.search.SearchClient.query(SearchClient.java:92)
              + com.fernweh.shop.search.SearchService.find(SearchService.java:51)
              + com.fernweh.shop.search.SearchController.search(SearchController.java:27)
              @mvc
            """));
  }
}
