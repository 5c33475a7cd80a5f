package boutique.language;

/** What has happened to one stream. Never changed once written, never holding personal data. */
public interface Event extends Message {}
