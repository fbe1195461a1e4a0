"""What the workbench's pages share: who may open them, and how they are answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from wanzhou.kernel.accounts.desks import person
from wanzhou.kernel.accounts.models import User


def permitted(request: HttpRequest, *permissions: str) -> User:
    """Who is signed in, if he has all of the permissions; raises PermissionDenied."""
    reader = person(request)
    if not reader.has_perms(permissions):
        raise PermissionDenied
    return reader


def answer(
    request: HttpRequest, template: str, title: str, *, status: int = 200, **page: Any
) -> HttpResponse:
    """A page of the workbench inside the administration's frame."""
    context = {**admin.site.each_context(request), "title": title, **page}
    return TemplateResponse(request, f"admin/workbench/{template}", context, status=status)


def refuse(request: HttpRequest, problems: Iterable[str]) -> None:
    """Say on the next page what was refused, one message for each."""
    for problem in problems:
        messages.error(request, problem)


def refuse_a_post_without(request: HttpRequest, reader: User, *permissions: str) -> None:
    """Who may only read a desk sends it nothing, whatever the form says."""
    if request.method == "POST" and not reader.has_perms(permissions):
        raise PermissionDenied
