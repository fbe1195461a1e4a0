"""What is typed at the door: name and password, a code, a new password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, UsernameField
from django.core.exceptions import ValidationError

from .desks import RefusableForm
from .models import User


class SignInForm(AuthenticationForm):
    """Name and password; what is wrong with them is never told, nor whether there is such an account."""

    # Declared anew because Django's own field shows its greatest length and does not hold to it.
    username = UsernameField(max_length=150, widget=forms.TextInput(attrs={"autofocus": True}))
    error_messages = {
        "invalid_login": "用户名或密码不对。请注意区分大小写；忘记密码请联系系统管理员重置。",
        "inactive": "用户名或密码不对。请注意区分大小写；忘记密码请联系系统管理员重置。",
    }


class CodeForm(forms.Form):
    """A code of the phone, or a recovery code."""

    code = forms.CharField(
        label="验证码",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )


class OwnPasswordForm(PasswordChangeForm):
    """A new password of one's own; the one that an administrator gave does not become it."""

    def clean_new_password1(self) -> Any:
        """Refuse the password that is to be replaced."""
        password = self.cleaned_data.get("new_password1")
        if password and self.user.check_password(password):
            raise ValidationError("新密码不能与原密码相同。")
        return password


class PersonForm(RefusableForm):
    """A person's account; names are folded as at the sign-in, so that both read them alike."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes = {"username": UsernameField}
