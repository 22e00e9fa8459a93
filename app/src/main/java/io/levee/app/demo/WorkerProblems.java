package io.levee.app.demo;

import static io.levee.app.demo.Problem.Rhythm.NIGHTLY;
import static io.levee.app.demo.Problem.Rhythm.OUTAGE;
import static io.levee.app.demo.Problem.Rhythm.STEADY;
import static io.levee.app.demo.Problem.Rhythm.WORSENED;

import io.levee.app.demo.Problem.Rhythm;
import java.util.List;
import java.util.Map;

/** What goes wrong in the Python worker. */
final class WorkerProblems {
  private static final String CELERY =
      """
      /usr/lib/python3.13/site-packages/celery/app/trace.py:760 __protected_call__ | return self.run(*args, **kwargs)
      /usr/lib/python3.13/site-packages/celery/app/trace.py:477 trace_task | R = retval = fun(*args, **kwargs)
      """;

  private static final String REQUESTS =
      """
      /usr/lib/python3.13/site-packages/requests/adapters.py:688 send | raise ConnectTimeout(e, request=request)
      /usr/lib/python3.13/site-packages/requests/sessions.py:703 send | r = adapter.send(request, **kwargs)
      /usr/lib/python3.13/site-packages/requests/sessions.py:589 request | resp = self.send(prep, **send_kwargs)
      /usr/lib/python3.13/site-packages/requests/api.py:59 request | return session.request(method=method, url=url, **kwargs)
      """;

  private static final String SQL =
      """
      /usr/lib/python3.13/site-packages/psycopg/cursor.py:97 execute | raise ex.with_traceback(None)
      /usr/lib/python3.13/site-packages/sqlalchemy/engine/default.py:952 do_execute | cursor.execute(statement, parameters)
      /usr/lib/python3.13/site-packages/sqlalchemy/engine/base.py:1967 _exec_single_context | self.dialect.do_execute(cursor, str_statement, effective_parameters, context)
      """;

  private static final StackText STACKS =
      new StackText(Map.of("celery", CELERY, "requests", REQUESTS, "sql", SQL));

  private WorkerProblems() {}

  private static Problem problem(String transaction, Rhythm rhythm, int perWeek, String stack) {
    return new Problem(transaction, rhythm, perWeek, STACKS.read(stack));
  }

  static List<Problem> all() {
    return List.of(
        problem(
            "fulfilment.tasks.print_labels",
            NIGHTLY,
            190,
            """
            LabelError: carrier refused label for parcel {parcel}
              + /srv/worker/fulfilment/labels.py:64 request_label | raise LabelError(f"carrier refused label for parcel {parcel.id}") from error
              + /srv/worker/fulfilment/tasks.py:112 print_labels | label = request_label(parcel, carrier)
              @celery
            Caused by: ConnectTimeout: HTTPSConnectionPool(host='api.parcelhub.example', port=443): Max retries exceeded with url: /v3/labels
              @requests
              + /srv/worker/fulfilment/labels.py:58 request_label | response = requests.post(LABELS_URL, json=payload, timeout=10)
            """),
        problem(
            "fulfilment.tasks.sync_stock",
            NIGHTLY,
            150,
            """
            OperationalError: (psycopg.OperationalError) FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute
              @sql
              + /srv/worker/stock/sync.py:47 load_levels | rows = session.execute(LEVELS, {"warehouse": warehouse.code})
              + /srv/worker/stock/sync.py:83 sync_warehouse | levels = load_levels(session, warehouse)
              + /srv/worker/fulfilment/tasks.py:58 sync_stock | sync_warehouse(warehouse)
              @celery
            """),
        problem(
            "invoices.tasks.render_invoice",
            STEADY,
            95,
            """
            KeyError: 'vat_rate'
              + /srv/worker/invoices/tax.py:31 vat_of | rate = line["vat_rate"]
              + /srv/worker/invoices/render.py:74 line_totals | vat = vat_of(line)
              + /srv/worker/invoices/tasks.py:26 render_invoice | totals = line_totals(invoice["lines"])
              @celery
            """),
        problem(
            "invoices.tasks.render_invoice",
            STEADY,
            50,
            """
            UnicodeEncodeError: 'latin-1' codec can't encode character '\\u2019' in position {n}: ordinal not in range(256)
              + /srv/worker/invoices/pdf.py:52 write_text | self.stream.write(text.encode("latin-1"))
              + /srv/worker/invoices/render.py:91 render | page.write_text(customer.name)
              + /srv/worker/invoices/tasks.py:29 render_invoice | pdf = render(invoice, totals)
              @celery
            """),
        problem(
            "payments.tasks.reconcile",
            OUTAGE,
            120,
            """
            PaygateUnavailable: paygate answered 503 for settlement {uuid}
              + /srv/worker/payments/paygate.py:88 settlement | raise PaygateUnavailable(f"paygate answered {status} for settlement {id}")
              + /srv/worker/payments/tasks.py:41 reconcile | expected = paygate.settlement(batch.settlement_id)
              @celery
            """),
        problem(
            "mail.tasks.send_shipping_notice",
            STEADY,
            70,
            """
            SMTPRecipientsRefused: {'recipient': (550, b'5.1.1 User unknown')}
              /usr/lib/python3.13/smtplib.py:896 sendmail | raise SMTPRecipientsRefused(senderrs)
              + /srv/worker/mail/outbox.py:37 deliver | smtp.sendmail(SENDER, [message.recipient], message.as_bytes())
              + /srv/worker/mail/tasks.py:22 send_shipping_notice | deliver(notice_for(parcel))
              @celery
            """),
        problem(
            "images.tasks.make_thumbnails",
            STEADY,
            65,
            """
            UnidentifiedImageError: cannot identify image file '/data/uploads/{uuid}.heic'
              /usr/lib/python3.13/site-packages/PIL/Image.py:3532 open | raise UnidentifiedImageError(msg)
              + /srv/worker/images/thumbnails.py:29 open_upload | return Image.open(path)
              + /srv/worker/images/tasks.py:18 make_thumbnails | image = open_upload(upload.path)
              @celery
            """),
        problem(
            "recommendations.tasks.train",
            WORSENED,
            30,
            """
            MemoryError: Unable to allocate {n} MiB for an array with shape ({customer}, 512) and data type float32
              /usr/lib/python3.13/site-packages/numpy/_core/numeric.py:329 full | a = empty(shape, dtype, order)
              + /srv/worker/recommendations/matrix.py:44 factors | weights = np.full((len(customers), RANK), 0.1, dtype=np.float32)
              + /srv/worker/recommendations/tasks.py:33 train | model = factors(customers, purchases)
              @celery
            """));
  }
}
