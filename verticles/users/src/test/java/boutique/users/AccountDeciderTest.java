package boutique.users;

import static boutique.users.Anna.ANNA;
import static boutique.users.Anna.BEN;
import static boutique.users.Anna.CUSTOMER;
import static boutique.users.Anna.FIRST;
import static boutique.users.Anna.HASH;
import static boutique.users.Anna.NEXT;
import static boutique.users.Anna.NOW;
import static boutique.users.Anna.OPERATOR;
import static boutique.users.Anna.newPassword;
import static boutique.users.Anna.newProfile;
import static boutique.users.Anna.nobody;
import static boutique.users.Anna.signUp;
import static boutique.users.Anna.signedUp;

import boutique.language.users.UserCommand.EndAllSessions;
import boutique.language.users.UserCommand.EraseUser;
import boutique.language.users.UserCommand.Filed;
import boutique.language.users.UserCommand.ImportUser;
import boutique.language.users.UserCommand.ReadPerson;
import boutique.language.users.UserCommand.SignIn;
import boutique.language.users.UserEvent.PasswordChanged;
import boutique.language.users.UserEvent.PersonChanged;
import boutique.language.users.UserEvent.SessionsEnded;
import boutique.language.users.UserEvent.UserBlocked;
import boutique.language.users.UserEvent.UserCreated;
import boutique.language.users.UserEvent.UserErased;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An account")
class AccountDeciderTest {

  @Test
  @DisplayName("is opened when its person is in the vault, and its event tells nothing of them")
  void opened() {
    nobody().when(signUp(ANNA)).thenNothing();
    nobody()
        .when(new Filed(signUp(ANNA), null, FIRST))
        .then(new UserCreated(ANNA, FIRST, CUSTOMER, NOW));
  }

  @Test
  @DisplayName("is opened for somebody of another shop in the same way")
  void imported() {
    var imported = new ImportUser(HASH, ANNA, CUSTOMER, "anna@example.com", "abc.def", NOW);

    nobody()
        .when(new Filed(imported, null, FIRST))
        .then(new UserCreated(ANNA, FIRST, CUSTOMER, NOW));
    signedUp().when(new Filed(imported, null, NEXT)).thenNothing();
  }

  @Test
  @DisplayName("is opened once, however often it is asked")
  void again() {
    signedUp().when(signUp(ANNA)).thenNothing();
    signedUp().when(new Filed(signUp(ANNA), null, NEXT)).thenNothing();
  }

  @Test
  @DisplayName("belongs to whoever came first")
  void taken() {
    signedUp().when(signUp(BEN)).thenRefused("email.taken");
    signedUp().when(new Filed(signUp(BEN), null, NEXT)).thenRefused("email.taken");
  }

  @Test
  @DisplayName("lets nobody in who is blocked, and says so no more than of somebody unknown")
  void signIn() {
    var signIn = new SignIn(HASH, "password", NOW);

    signedUp().when(signIn).thenNothing();
    nobody().when(signIn).thenRefused("credentials.wrong");
    signedUp(new UserBlocked(ANNA, NEXT, OPERATOR, 1, NOW))
        .when(signIn)
        .thenRefused("credentials.wrong");
  }

  @Test
  @DisplayName("is nobody else's, even when the address was theirs before")
  void foreign() {
    signedUp().when(newProfile(BEN)).thenRefused("user.not-found");
    signedUp().when(new Filed(newProfile(BEN), FIRST, NEXT)).thenRefused("user.not-found");
    signedUp().when(new ReadPerson(HASH, BEN, NOW)).thenRefused("user.not-found");
    signedUp().when(new EndAllSessions(HASH, BEN, NOW)).thenRefused("user.not-found");
    signedUp().when(new EraseUser(HASH, BEN, "password", NOW)).thenRefused("user.not-found");
  }

  @Test
  @DisplayName("takes a change that was made from what counts, and no other")
  void changed() {
    signedUp().when(newProfile(ANNA)).thenNothing();
    signedUp()
        .when(new Filed(newProfile(ANNA), FIRST, NEXT))
        .then(new PersonChanged(ANNA, NEXT, NOW));
    signedUp(new PersonChanged(ANNA, NEXT, NOW))
        .when(new Filed(newProfile(ANNA), FIRST, "third"))
        .thenRefused("person.stale");
  }

  @Test
  @DisplayName("ends all sessions with a new password")
  void password() {
    signedUp()
        .when(new Filed(newPassword(), FIRST, NEXT))
        .then(new PasswordChanged(ANNA, NEXT, 1, NOW));
    signedUp(new PasswordChanged(ANNA, NEXT, 1, NOW))
        .when(new Filed(newPassword(), NEXT, "third"))
        .then(new PasswordChanged(ANNA, "third", 2, NOW));
  }

  @Test
  @DisplayName("ends all sessions when asked, as often as asked")
  void signOutEverywhere() {
    var everywhere = new EndAllSessions(HASH, ANNA, NOW);

    signedUp().when(everywhere).then(new SessionsEnded(ANNA, 1, NOW));
    signedUp(new SessionsEnded(ANNA, 1, NOW))
        .when(everywhere)
        .then(new SessionsEnded(ANNA, 2, NOW));
    nobody().when(everywhere).thenRefused("user.not-found");
  }

  @Test
  @DisplayName("is free for somebody else when its person is erased, who does not come back")
  void erased() {
    var erased = new UserErased(ANNA, 1, NOW);

    signedUp().when(new EraseUser(HASH, ANNA, "password", NOW)).then(erased);
    signedUp(erased)
        .when(new Filed(signUp(BEN), null, NEXT))
        .then(new UserCreated(BEN, NEXT, CUSTOMER, NOW));
    signedUp(erased).when(new Filed(signUp(ANNA), null, NEXT)).thenRefused("user.erased");
    signedUp(erased).when(new Filed(newProfile(ANNA), FIRST, NEXT)).thenRefused("user.not-found");
    signedUp(erased).when(new SignIn(HASH, "password", NOW)).thenRefused("credentials.wrong");
  }
}
