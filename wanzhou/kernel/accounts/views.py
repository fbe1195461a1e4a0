"""The pages at the door: signing in, in one step or two; one's own password and second factor."""

from __future__ import annotations

import math
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from . import lockouts, second_factor, sessions
from .desks import person
from .forms import CodeForm, OwnPasswordForm, SignInForm
from .models import User
from .qr import qr_code
from .sessions import HalfSignedIn
from .sign_in_terms import SignInReason

BACKEND = "wanzhou.kernel.accounts.backends.PeopleBackend"
WRONG_CODE = "验证码不对，或已经用过。请等手机上出现下一个验证码再试；也可以用一个没用过的恢复码。"
FEW_CODES = 3


def _page(request: HttpRequest, template: str, title: str, **facts: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **facts}
    return render(request, f"accounts/{template}.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first step: name and password; whoever has a second factor is sent on to show it."""
    then = _wanted_page(request)
    if request.method != "POST" and admin.site.has_permission(request):
        return redirect(then)
    form = SignInForm(request, request.POST or None)
    if not form.is_valid():
        facts = {"form": form, "next": then, "app_path": request.get_full_path()}
        return _page(request, "sign_in", "登录", contact=settings.FOOTER.contact, **facts)
    user = form.get_user()
    if second_factor.device_of(user) is None:
        return _enter(request, user, SignInReason.PASSWORD, then)
    HalfSignedIn.keep(request, user, then)
    return redirect("second-step")


def _wanted_page(request: HttpRequest) -> str:
    """Where somebody was going when he met the door; the workplace, unless that is a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("admin:index")


def _enter(request: HttpRequest, user: Any, how: SignInReason, then: str) -> HttpResponse:
    request.came_in_by = how  # type: ignore[attr-defined]  # read by the log when the library reports the sign-in
    login(request, user, backend=BACKEND)
    sessions.begin(request, verified=how is not SignInReason.PASSWORD)
    return HttpResponseRedirect(then)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """The second step: a code, within minutes of the password."""
    half = HalfSignedIn.of(request)
    user = half.person() if half else None
    if half is None or user is None:
        sessions.forget_half(request)
        messages.warning(request, "输入密码后等得太久了，请重新登录。")
        return redirect("admin:login")
    form = CodeForm(request.POST or None)
    how = _how_accepted(request, user, form)
    if how is None:
        return _page(request, "second_step", "两步验证", form=form, half=user)
    sessions.forget_half(request)
    response = _enter(request, user, how, half.then)
    if how is SignInReason.PASSWORD_AND_RECOVERY_CODE:
        _tell_what_is_left(request, user)
    return response


def _how_accepted(request: HttpRequest, user: User, form: Form) -> SignInReason | None:
    """By which kind of code; wrong ones are counted, and lead to the same pause as wrong passwords."""
    if lockouts.stops(request, user.get_username()) or not form.is_valid():
        return None
    how = second_factor.accepted(user, form.cleaned_data["code"])
    if how is None:
        lockouts.refuse(request, user.get_username(), SignInReason.WRONG_CODE)
        form.add_error("code", WRONG_CODE)
    return how


def _tell_what_is_left(request: HttpRequest, user: User) -> None:
    left = second_factor.recovery_codes_left(user)
    hint = "请尽快在“两步验证”里重新生成。" if left < FEW_CODES else ""
    messages.warning(request, f"您用了一个恢复码，还剩 {left} 个。{hint}")


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]) -> HttpResponse:
    """The page that stands in for any answer while an account is locked out from an address."""
    ends = lockouts.ends_at(request, credentials.get("username") or "")
    seconds = max(1.0, (ends - timezone.now()).total_seconds())
    page = _page(
        request,
        "locked_out",
        "暂停登录",
        ends=ends,
        minutes=math.ceil(seconds / 60),
        failures=settings.AXES_FAILURE_LIMIT,
        contact=settings.FOOTER.contact,
    )
    page.status_code = 429
    page["Retry-After"] = str(math.ceil(seconds))
    page["Cache-Control"] = "no-store"
    return page


@sensitive_post_parameters()
@never_cache
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """A password of one's own; other places where the person is signed in are signed out by it."""
    user = person(request)
    given = user.must_change_password
    form = OwnPasswordForm(user, request.POST or None)
    if not form.is_valid():
        return _page(request, "password", "修改密码", form=form, given=given)
    user.must_change_password = False
    user.password_set_at = timezone.now()
    form.save()
    update_session_auth_hash(request, user)
    messages.success(request, "密码已修改。")
    return redirect("admin:index")


@sensitive_post_parameters()
@never_cache
@login_required
def own_second_factor(request: HttpRequest) -> HttpResponse:
    """One's own second factor: enrol a phone, print new recovery codes, or give it up where that is allowed."""
    user = person(request)
    form = CodeForm(request.POST or None)
    if second_factor.device_of(user) is None:
        return _enrolment(request, user, form)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None or _how_accepted(request, user, form) is None:
        return _enrolled(request, user, form)
    return step(request, user)


def _enrolment(request: HttpRequest, user: User, form: CodeForm) -> HttpResponse:
    if form.is_valid():
        codes = second_factor.enrol(user, form.cleaned_data["code"])
        if codes:
            sessions.mark_verified(request)
            return _recovery_codes(request, user, codes, enrolled=True)
        form.add_error("code", "验证码不对。请核对手机时间是否准确，输入此刻显示的 6 位数字。")
    device = second_factor.device_to_enrol(user)
    return _page(
        request,
        "second_factor_enrolment",
        "启用两步验证",
        form=form,
        qr=qr_code(device.config_url),
        secret=second_factor.secret_of(device),
        required=second_factor.required_of(user),
    )


def _enrolled(request: HttpRequest, user: User, form: CodeForm) -> HttpResponse:
    return _page(
        request,
        "second_factor",
        "两步验证",
        form=form,
        device=second_factor.device_of(user),
        left=second_factor.recovery_codes_left(user),
        required=second_factor.required_of(user),
        verified=sessions.is_verified(request),
        step=request.POST.get("step", ""),
    )


def _recovery_codes(
    request: HttpRequest, user: User, codes: list[str], *, enrolled: bool = False
) -> HttpResponse:
    """Shown in the answer itself and nowhere else: a page that can be printed, and not called up again."""
    return _page(request, "recovery_codes", "恢复码", codes=codes, enrolled=enrolled, made_at=timezone.now())


def _verify(request: HttpRequest, user: User) -> HttpResponse:
    sessions.mark_verified(request)
    return redirect("admin:index")


def _renew_codes(request: HttpRequest, user: User) -> HttpResponse:
    return _recovery_codes(request, user, second_factor.new_recovery_codes(user))


def _give_up(request: HttpRequest, user: User) -> HttpResponse:
    """Where the policy demands it, another phone is enrolled at once: the door sees to it."""
    second_factor.remove(user)
    sessions.mark_verified(request, verified=False)
    messages.success(request, "两步验证已停用。")
    return redirect(reverse("second-factor") if second_factor.required_of(user) else reverse("admin:index"))


STEPS = {"verify": _verify, "codes": _renew_codes, "remove": _give_up}
