package io.levee.app.demo;

import static io.levee.app.demo.Problem.Rhythm.BROKEN;
import static io.levee.app.demo.Problem.Rhythm.FRESH;
import static io.levee.app.demo.Problem.Rhythm.OUTAGE;
import static io.levee.app.demo.Problem.Rhythm.STEADY;
import static io.levee.app.demo.Problem.Rhythm.WORSENED;

import io.levee.app.demo.Problem.Rhythm;
import java.util.List;
import java.util.Map;

/** What goes wrong in the customers' browsers. */
final class StorefrontProblems {
  private static final String REACT =
      """
      https://www.fernweh.example/assets/vendor-react.js:2:48211 callCallback
      https://www.fernweh.example/assets/vendor-react.js:2:48420 invokeGuardedCallbackDev
      https://www.fernweh.example/assets/vendor-react.js:2:51877 batchedUpdates
      https://www.fernweh.example/assets/vendor-react.js:2:53109 dispatchDiscreteEvent
      """;

  private static final String RENDER =
      """
      https://www.fernweh.example/assets/vendor-react.js:2:62144 renderWithHooks
      https://www.fernweh.example/assets/vendor-react.js:2:70388 beginWork
      https://www.fernweh.example/assets/vendor-react.js:2:81020 performUnitOfWork
      https://www.fernweh.example/assets/vendor-react.js:2:81544 workLoopSync
      https://www.fernweh.example/assets/vendor-react.js:2:83975 performSyncWorkOnRoot
      """;

  private static final StackText STACKS = new StackText(Map.of("react", REACT, "render", RENDER));

  private StorefrontProblems() {}

  private static Problem problem(String transaction, Rhythm rhythm, int perWeek, String stack) {
    return new Problem(transaction, rhythm, perWeek, STACKS.read(stack));
  }

  static List<Problem> all() {
    return List.of(
        problem(
            "/cart",
            BROKEN,
            310,
            """
            TypeError: Cannot read properties of null (reading 'percent')
              + https://www.fernweh.example/assets/cart.js:14:2093 VoucherBadge |   return <Badge>-{voucher.percent} %</Badge>;
              + https://www.fernweh.example/assets/cart.js:22:871 CartTotals |       <VoucherBadge voucher={cart.voucher} />
              @render
            """),
        problem(
            "/products/:sku",
            STEADY,
            150,
            """
            TypeError: undefined is not an object (evaluating 'images[0].url')
              + https://www.fernweh.example/assets/product.js:31:1204 heroImage |   return images[0].url;
              + https://www.fernweh.example/assets/product.js:40:377 ProductGallery |   const [hero, setHero] = useState(heroImage(product.images));
              @render
            """),
        problem(
            "/checkout",
            OUTAGE,
            240,
            """
            CheckoutError: Your payment could not be started. Please try again.
              + https://www.fernweh.example/assets/checkout.js:57:3310 startPayment |     throw new CheckoutError(t('checkout.paymentNotStarted'), { cause });
              + https://www.fernweh.example/assets/checkout.js:71:902 onSubmit |     await startPayment(order);
              @react
            Caused by: HttpError: POST /api/checkout/session answered 502
              + https://www.fernweh.example/assets/http.js:18:640 request |   if (!response.ok) throw new HttpError(method, path, response.status);
              + https://www.fernweh.example/assets/checkout.js:55:2980 startPayment |     const session = await request('POST', '/api/checkout/session', order);
            """),
        problem(
            "/",
            STEADY,
            170,
            """
            ChunkLoadError: Loading chunk {n} failed. (error: https://www.fernweh.example/assets/chunk-{hash}.js)
              + https://www.fernweh.example/assets/runtime.js:1:2210 loadChunk |   throw new ChunkLoadError(id, url);
              + https://www.fernweh.example/assets/runtime.js:1:2844 importPage |   return loadChunk(pages[name]);
              + https://www.fernweh.example/assets/router.js:9:518 openPage |   const page = await importPage(route.page);
            """),
        problem(
            "/search",
            WORSENED,
            130,
            """
            AbortError: The user aborted a request.
              + https://www.fernweh.example/assets/http.js:14:402 request |   const response = await fetch(path, { signal, ...options });
              + https://www.fernweh.example/assets/search.js:27:1190 suggest |   const hits = await request('GET', `/api/suggest?q=${term}`);
              @react
            """),
        problem(
            "/account/orders",
            STEADY,
            60,
            """
            RangeError: Invalid language tag: {locale}
              + https://www.fernweh.example/assets/format.js:6:211 formatDate |   return new Intl.DateTimeFormat(locale, style).format(date);
              + https://www.fernweh.example/assets/account.js:19:760 OrderRow |       <td>{formatDate(order.placed)}</td>
              @render
            """),
        problem(
            "/checkout",
            STEADY,
            80,
            """
            QuotaExceededError: Failed to execute 'setItem' on 'Storage': Setting the value of 'fernweh.cart' exceeded the quota.
              + https://www.fernweh.example/assets/storage.js:11:305 saveCart |   localStorage.setItem('fernweh.cart', JSON.stringify(cart));
              + https://www.fernweh.example/assets/cart.js:44:1530 addLine |   saveCart(next);
              @react
            """),
        problem(
            "/products/:sku",
            STEADY,
            55,
            """
            SecurityError: Failed to read the 'localStorage' property from 'Window': Access is denied for this document.
              + https://www.fernweh.example/assets/storage.js:4:98 loadCart |   const saved = window.localStorage.getItem('fernweh.cart');
              + https://www.fernweh.example/assets/cart.js:8:240 useCart |   const [cart, setCart] = useState(loadCart);
              @render
            """),
        problem(
            "/stores",
            STEADY,
            35,
            """
            GeolocationPositionError: Timeout expired
              + https://www.fernweh.example/assets/stores.js:23:911 locate |     navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: 8000 });
              + https://www.fernweh.example/assets/stores.js:36:1402 showNearest |   const here = await locate();
              @react
            """),
        problem(
            "/gift-cards",
            FRESH,
            44,
            """
            TypeError: gift.validUntil.slice is not a function
              + https://www.fernweh.example/assets/giftcards.js:17:688 GiftCardPreview |   const until = gift.validUntil.slice(0, 10);
              + https://www.fernweh.example/assets/giftcards.js:29:1101 GiftCardForm |       <GiftCardPreview gift={draft} />
              @render
            """));
  }
}
