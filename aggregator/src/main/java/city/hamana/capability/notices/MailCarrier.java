package city.hamana.capability.notices;

import city.hamana.capability.people.Party;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jdbi.v3.core.Handle;

/** Mail over SMTP (RFC 5321): plain text, UTF-8, one recipient each, a Message-ID that stays the same at every try. */
final class MailCarrier implements Carrier {
    private static final String TIMEOUT_MS = "15000";
    private static final int REFUSED_FOR_GOOD = 500;
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration BUSY = Duration.ofMinutes(10);

    private final ChannelSettings.MailServer server;
    private final Session session;

    MailCarrier(ChannelSettings.MailServer server) {
        this.server = server;
        this.session = Session.getInstance(properties(server), new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(server.user(), server.password());
            }
        });
    }

    @Override
    public Optional<String> address(Handle tx, Message message, Optional<Party> party) {
        return party.map(Party::mail).or(() -> Optional.of(message.address())).filter(address -> !address.isEmpty());
    }

    @Override
    public Outcome carry(Message message, String address, String key, URI site) {
        try {
            Transport.send(mail(message, address, key, site));
            return new Outcome.Taken(key);
        } catch (MessagingException e) {
            return failed(e);
        }
    }

    private MimeMessage mail(Message message, String address, String key, URI site) throws MessagingException {
        MimeMessage mail = new Named(session, "<" + key + "@" + domain(server.from()) + ">");
        mail.setFrom(new InternetAddress(server.from(), true));
        mail.setRecipient(RecipientType.TO, new InternetAddress(address, true));
        mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("Content-Language", message.language().tag());
        if (!message.stop().isEmpty()) {
            // RFC 8058: the reader's program ends it with one POST.
            mail.setHeader("List-Unsubscribe", "<" + site.resolve(message.stop()) + ">");
            mail.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        mail.setText(
                message.link().isEmpty() ? message.text() : message.text() + "\n\n" + message.address(site),
                StandardCharsets.UTF_8.name());
        mail.saveChanges();
        return mail;
    }

    /** 5xx is for good, 4xx and a line that breaks are not (RFC 5321 §4.2.1). */
    private static Outcome failed(MessagingException e) {
        OptionalInt code = code(e);
        if (code.isPresent() && code.getAsInt() >= REFUSED_FOR_GOOD) {
            return new Outcome.Never("SMTP " + code.getAsInt());
        }
        return code.isPresent()
                ? new Outcome.Later(BUSY, "SMTP " + code.getAsInt())
                : new Outcome.Later(SOON, e.getClass().getSimpleName());
    }

    /** The server's answer, which stands somewhere in the chain. */
    private static OptionalInt code(MessagingException e) {
        OptionalInt code = OptionalInt.empty();
        for (Exception cause = e; cause instanceof MessagingException link; cause = link.getNextException()) {
            code = switch (link) {
                case SMTPAddressFailedException failed -> OptionalInt.of(failed.getReturnCode());
                case SMTPSenderFailedException failed -> OptionalInt.of(failed.getReturnCode());
                case SMTPSendFailedException failed -> OptionalInt.of(failed.getReturnCode());
                case jakarta.mail.internet.AddressException failed -> OptionalInt.of(553);
                default -> code;
            };
        }
        return code;
    }

    private static String domain(String address) {
        return address.substring(address.indexOf('@') + 1);
    }

    private static Properties properties(ChannelSettings.MailServer server) {
        boolean tls = server.security() == ChannelSettings.Security.TLS;
        boolean start = server.security() == ChannelSettings.Security.STARTTLS;
        Properties p = new Properties();
        p.setProperty("mail.transport.protocol.rfc822", tls ? "smtps" : "smtp");
        for (String protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
            p.setProperty(protocol + "host", server.host());
            p.setProperty(protocol + "port", Integer.toString(server.port()));
            p.setProperty(protocol + "auth", Boolean.toString(!server.user().isEmpty()));
            p.setProperty(protocol + "starttls.enable", Boolean.toString(start));
            p.setProperty(protocol + "starttls.required", Boolean.toString(start));
            p.setProperty(protocol + "ssl.checkserveridentity", "true");
            p.setProperty(protocol + "connectiontimeout", TIMEOUT_MS);
            p.setProperty(protocol + "timeout", TIMEOUT_MS);
            p.setProperty(protocol + "writetimeout", TIMEOUT_MS);
        }
        return p;
    }

    /** Angus would give it a new name at every try. */
    private static final class Named extends MimeMessage {
        private final String name;

        Named(Session session, String name) {
            super(session);
            this.name = name;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", name);
        }
    }
}
